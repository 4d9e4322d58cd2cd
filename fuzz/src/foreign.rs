//! Panics in readers of others: the program reads such documents in a process of its own, where `catch_unwind` makes an error
//! of them (`src/cli/contained/child.rs`). Here they are let pass in the same way, and told; a panic in a file of the project fails.

use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

thread_local! {
    /// Whether the panic under way is in code of others.
    static FOREIGN: Cell<bool> = const { Cell::new(false) };
}

/// Runs a reader; `None` where code of others panicked.
pub(super) fn contained<T>(read: impl FnOnce() -> T) -> Option<T> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        // libFuzzer's ends the process, so it must not hear of them.
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            let foreign = info.location().filter(|place| is_foreign(place.file()));
            FOREIGN.set(foreign.is_some());
            match foreign {
                Some(place) => eprintln!("contained panic: {place}"),
                None => before(info),
            }
        }));
    });
    match panic::catch_unwind(AssertUnwindSafe(read)) {
        Ok(read) => Some(read),
        Err(_) if FOREIGN.get() => None,
        Err(panic) => panic::resume_unwind(panic),
    }
}

/// Whether a source file belongs to a crate that cargo has fetched.
fn is_foreign(file: &str) -> bool {
    file.contains("/registry/src/")
}
