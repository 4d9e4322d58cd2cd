//! `findings completions`: what a shell needs to complete commands, options and their values.

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use super::outcome::{Outcome, Stop};
use super::{Arguments, output};

/// Print completions for a shell: commands, options and their values, completed by the tab key
///
/// Load them once where the shell looks for them; made anew they follow a new version:
///
///   bash         findings completions bash > ~/.local/share/bash-completion/completions/findings
///
///   zsh          findings completions zsh > ~/.zfunc/_findings     (with fpath+=~/.zfunc before compinit in ~/.zshrc)
///
///   fish         findings completions fish > ~/.config/fish/completions/findings.fish
///
///   powershell   findings completions powershell >> $PROFILE
///
///   elvish       findings completions elvish >> ~/.config/elvish/rc.elv
#[derive(Args, Debug)]
pub(crate) struct Completions {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

impl Completions {
    pub(crate) fn run(&self) -> Result<Outcome, Stop> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut Arguments::command(), "findings", &mut script);
        output::print(&String::from_utf8_lossy(&script))?;
        Ok(Outcome::Done)
    }
}
