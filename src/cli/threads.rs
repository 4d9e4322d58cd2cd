//! How many documents are read at once.

use rayon::ThreadPool;

use super::outcome::Stop;

/// Threads as `--jobs` asks for them; one for each processor where it does not.
///
/// # Errors
/// Where the system gives none.
pub(crate) fn threads(jobs: Option<u16>) -> Result<ThreadPool, Stop> {
    rayon::ThreadPoolBuilder::new()
        .num_threads(jobs.map_or(0, usize::from))
        .build()
        .map_err(|error| Stop::Other(format!("cannot start threads: {error}")))
}
