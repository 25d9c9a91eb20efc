//! `workbook retention`: which families' records have been kept for as long as the rules ask.

use std::path::PathBuf;

use anyhow::{Context as _, Result};
use clap::{Args, Subcommand};
use jiff::civil::Date;
use record::{Configuration, Gap, RetentionRules, ids::FamilyId};
use serde::Serialize;
use server::admin::{self, FamilyRetention};

use super::{
    account::listed,
    database::{self, Place},
};
use crate::{ambient, terminal};

/// What `retention` takes.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  workbook retention list
  workbook retention list --on 2061-01-01 --json
  workbook retention list --rules council.json

A list for somebody to decide on: nothing is erased. Which rules there are, where they come from, and how
erasing goes on from here: docs/retention.md. The JSON: docs/json-output.md.")]
pub struct Arguments {
    /// The database: a file, or postgres://USER@HOST/DATABASE (its password in PGPASSWORD or
    /// PGPASSFILE) [default: family-workbook/server.db in your data folder]
    #[arg(
        long,
        env = "WORKBOOK_DB",
        hide_env_values = true,
        value_name = "PATH|URL",
        global = true
    )]
    pub db: Option<Place>,

    /// What to do.
    #[command(subcommand)]
    pub what: What,
}

/// What can be done about retention.
#[derive(Debug, Subcommand)]
pub enum What {
    /// List the families whose time is over, and those of which it can't be told
    List {
        /// As of which day [default: today]
        #[arg(long, value_name = "DATE")]
        on: Option<Date>,

        /// The council's own rules, in the place of the built-in ones (their shape: docs/retention.md)
        #[arg(long, value_name = "FILE")]
        rules: Option<PathBuf>,

        /// Print every family as JSON, with each child's rules
        #[arg(long)]
        json: bool,
    },
}

/// A family, as JSON.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Line<'a> {
    family: FamilyId,
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<Date>,
    over: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    held: Option<&'a str>,
    children: &'a [record::PersonRetention],
}

/// Does it.
pub fn run(arguments: &Arguments) -> Result<()> {
    let What::List { on, rules, json } = &arguments.what;
    let on = on.unwrap_or_else(ambient::today);
    let configuration = Configuration::built_in()?;
    let rules = match rules {
        None => RetentionRules::built_in(&configuration)?,
        Some(path) => {
            let text = std::fs::read_to_string(path)
                .with_context(|| format!("can't read {}", path.display()))?;
            RetentionRules::from_json(&text, &configuration)?
        }
    };
    let place = database::existing(arguments.db.as_ref())?;
    let families = database::with(Some(&place), async |store| {
        Ok(admin::families_retained(store, &rules, on).await?)
    })?;
    terminal::print(&if *json {
        as_json(&families, on)?
    } else {
        as_text(&families, on)
    })
}

fn held(family: &FamilyRetention) -> Option<&str> {
    family.hold.as_ref().map(|it| it.reference.as_str())
}

fn as_json(families: &[FamilyRetention], on: Date) -> Result<String> {
    let lines: Vec<_> = families
        .iter()
        .map(|it| Line {
            family: it.family.id,
            name: &it.family.name,
            until: it.until,
            over: it.is_ripe(on),
            held: held(it),
            children: &it.children,
        })
        .collect();
    Ok(serde_json::to_string_pretty(&lines)?)
}

fn as_text(families: &[FamilyRetention], on: Date) -> String {
    let lines = families.iter().filter_map(|it| {
        let says = match it.until {
            Some(until) if it.is_ripe(on) => format!("kept until {until}: may go"),
            Some(_) => return None,
            None => format!("kept, because {}", why(it)),
        };
        let held = held(it).map_or_else(String::new, |reference| format!("; held ({reference})"));
        let by_death = it.children.iter().flat_map(|it| &it.rules);
        let look = if by_death.into_iter().any(|it| it.by_death) {
            "; a child's death counts: read the record first"
        } else {
            ""
        };
        Some(format!(
            "{}  {}  {says}{held}{look}",
            it.family.id, it.family.name
        ))
    });
    listed(
        lines,
        "no family's time is over, and of each it can be told",
    )
}

fn why(family: &FamilyRetention) -> String {
    let mut gaps: Vec<Gap> = family
        .children
        .iter()
        .flat_map(record::PersonRetention::gaps)
        .collect();
    gaps.sort_unstable();
    gaps.dedup();
    if gaps.is_empty() {
        return "no child is in the record".to_owned();
    }
    let labels: Vec<_> = gaps.into_iter().map(Gap::label).collect();
    labels.join(", ")
}
