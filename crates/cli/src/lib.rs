//! The command line `workbook`: the composition root of the workspace.
//!
//! The story: each verb is one file in [`verbs`] with its arguments, its help and a `run`. A verb
//! wires the libraries to files, the terminal and the clock; the libraries know none of these.
//!
//! Invariants: results go to stdout and nothing else does; stderr has progress on a terminal and,
//! on failure, one line `error: …` per file that failed, which says what to do; the exit code is 0, 1 (failed) or
//! 2 (wrong usage). Clock and randomness are read in [`ambient`] only. No personal data is printed
//! but the result that was asked for.
//!
//! ```
//! use clap::Parser;
//! let cli = cli::Cli::parse_from(["workbook", "transcribe", "visit.wav", "--format", "json"]);
//! assert!(matches!(cli.verb, cli::Verb::Transcribe(_)));
//! ```

pub mod ambient;
pub mod demo;
pub mod device;
mod ear;
mod interrupt;
pub mod sample;
mod terminal;
mod unfinished;
pub mod verbs;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Family Workbook: record home visits without signal, keep one record per family.
#[derive(Debug, Parser)]
#[command(name = "workbook", version, about, max_term_width = 100)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub verb: Verb,
}

/// What the program can do; one file each in [`verbs`].
#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Turn recordings into text, on this machine, without internet
    Transcribe(verbs::transcribe::Arguments),
    /// Shape dictated text into a draft entry that a person then checks
    Draft(verbs::draft::Arguments),
    /// Install, import and list speech models
    Model(verbs::model::Arguments),
    /// Serve the council's devices and browsers from one database
    Serve(Box<verbs::serve::Arguments>),
    /// Print what a configuration file of `serve` may say, or check one
    Config(verbs::config::Arguments),
    /// Manage who may sign in and their allocations
    Account(verbs::account::Arguments),
    /// Manage families and who gets which part of their record
    Family(verbs::family::Arguments),
    /// Manage teams, their managers and the families allocated to them
    Team(verbs::team::Arguments),
    /// List devices and take lost ones out of use
    Device(verbs::device::Arguments),
    /// Export the audit log, and check an exported one
    Audit(verbs::audit::Arguments),
    /// List the families whose records have been kept for as long as the rules ask
    Retention(verbs::retention::Arguments),
    /// Forbid that a family's record is erased, or allow it again
    Hold(verbs::hold::Arguments),
    /// Erase a family, or one thing of its record, with a certificate
    Erase(Box<verbs::erase::Arguments>),
    /// Read a whole database and say what is wrong with it
    Verify(verbs::verify::Arguments),
    /// Make the boards anew from the families' records
    Rebuild(verbs::rebuild::Arguments),
    /// Copy the server's database to a file, while it is in use
    Backup(verbs::backup::Arguments),
    /// Put a copy in the place of the server's database; devices then give back what came after it
    Restore(verbs::restore::Arguments),
    /// Show the main job from end to end, on a sample family
    Demo(verbs::demo::Arguments),
}

/// Runs the program; a failure is printed as one line on stderr.
pub fn main(cli: Cli) -> ExitCode {
    let result = match cli.verb {
        Verb::Transcribe(arguments) => verbs::transcribe::run(&arguments),
        Verb::Draft(arguments) => verbs::draft::run(&arguments),
        Verb::Model(arguments) => verbs::model::run(&arguments),
        Verb::Serve(arguments) => verbs::serve::run(&arguments),
        Verb::Config(arguments) => verbs::config::run(&arguments),
        Verb::Account(arguments) => verbs::account::run(&arguments),
        Verb::Family(arguments) => verbs::family::run(&arguments),
        Verb::Team(arguments) => verbs::team::run(&arguments),
        Verb::Device(arguments) => verbs::device::run(&arguments),
        Verb::Audit(arguments) => verbs::audit::run(&arguments),
        Verb::Retention(arguments) => verbs::retention::run(&arguments),
        Verb::Hold(arguments) => verbs::hold::run(&arguments),
        Verb::Erase(arguments) => verbs::erase::run(&arguments),
        Verb::Verify(arguments) => verbs::verify::run(&arguments),
        Verb::Rebuild(arguments) => verbs::rebuild::run(&arguments),
        Verb::Backup(arguments) => verbs::backup::run(&arguments),
        Verb::Restore(arguments) => verbs::restore::run(&arguments),
        Verb::Demo(arguments) => verbs::demo::run(&arguments),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            terminal::fail(&error);
            ExitCode::FAILURE
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::{Command, CommandFactory as _};

    /// Every verb, flag and value says what it is for.
    fn helped(command: &Command) {
        let name = command.get_name();
        assert!(command.get_about().is_some(), "{name} has no help");
        for argument in command.get_arguments() {
            assert!(
                argument.get_help().is_some(),
                "{name}: {argument} has no help"
            );
        }
        command.get_subcommands().for_each(helped);
    }

    #[test]
    fn every_verb_and_flag_has_help() {
        let mut command = super::Cli::command();
        command.build();
        helped(&command);
    }
}
