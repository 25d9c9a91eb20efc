//! The server's configuration: one struct for flags, environment and file.
//!
//! A flag goes before its environment variable, that before the file, that before the default. The
//! printed schema (`workbook config schema`) comes from the same struct, so neither can lack a setting.

use std::{net::SocketAddr, path::PathBuf};

use anyhow::{Context as _, Result};
use clap::{Args, ValueEnum};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::verbs::database::Place;

/// The settings of `workbook serve`. In the file each is a line `name = value` under this name.
#[derive(Debug, Default, Clone, PartialEq, Eq, Args, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(title = "workbook serve")]
pub struct Config {
    /// The database: a file, made when it is not there, or postgres://USER@HOST/DATABASE (its
    /// password in PGPASSWORD or PGPASSFILE) [default: family-workbook/server.db in your data folder]
    #[arg(
        long,
        env = "WORKBOOK_DB",
        hide_env_values = true,
        value_name = "PATH|URL"
    )]
    #[schemars(with = "Option<String>")]
    pub db: Option<Place>,

    /// Address and port to listen on; port 0 takes a free one [default: 127.0.0.1:8787]
    #[arg(long, env = "WORKBOOK_LISTEN", value_name = "ADDRESS:PORT")]
    #[schemars(with = "Option<String>")]
    pub listen: Option<SocketAddr>,

    /// The folder of the built app [default: `app` beside this program, or mobile-shell/dist here;
    /// without either a small page for reading]
    #[arg(long, env = "WORKBOOK_APP", value_name = "FOLDER")]
    pub app: Option<PathBuf>,

    /// The folder of speech models that phones may fetch
    /// [default: the models of `workbook model list`]
    #[arg(long, env = "WORKBOOK_MODELS", value_name = "FOLDER")]
    pub models: Option<PathBuf>,

    /// How many days a phone may open its copies without having reached the server: 1 to 90
    /// [default: 14]
    #[arg(long, env = "WORKBOOK_LEASE_DAYS", value_name = "DAYS",
        value_parser = clap::value_parser!(u16).range(1..=90))]
    #[schemars(range(min = 1, max = 90))]
    pub lease_days: Option<u16>,

    /// The certificate's chain as PEM: serve TLS, with --tls-key
    #[arg(long, env = "WORKBOOK_TLS_CERT", value_name = "FILE")]
    pub tls_cert: Option<PathBuf>,

    /// The certificate's key as PEM
    #[arg(long, env = "WORKBOOK_TLS_KEY", value_name = "FILE")]
    pub tls_key: Option<PathBuf>,

    /// Address and port for Prometheus metrics at /metrics; keep it inside [default: none]
    #[arg(long, env = "WORKBOOK_METRICS_LISTEN", value_name = "ADDRESS:PORT")]
    #[schemars(with = "Option<String>")]
    pub metrics_listen: Option<SocketAddr>,

    /// How the log on stderr is written [default: text]
    #[arg(long, env = "WORKBOOK_LOG_FORMAT", value_name = "FORMAT")]
    pub log_format: Option<LogFormat>,

    /// A proxy stands in front and tells in x-forwarded-for for whom it asks; without one, anybody
    /// could write that header [default: false]
    #[arg(long, env = "WORKBOOK_BEHIND_PROXY", value_name = "BOOL", num_args = 0..=1,
        default_missing_value = "true")]
    pub behind_proxy: Option<bool>,

    /// After how many minutes without a request a browser is signed out: 5 to 720 [default: 60]
    #[arg(long, env = "WORKBOOK_IDLE_MINUTES", value_name = "MINUTES",
        value_parser = clap::value_parser!(u16).range(5..=720))]
    #[schemars(range(min = 5, max = 720))]
    pub idle_minutes: Option<u16>,

    /// For how many minutes broken glass opens a family: 10 to 1440 [default: 240]
    #[arg(long, env = "WORKBOOK_BREAK_GLASS_MINUTES", value_name = "MINUTES",
        value_parser = clap::value_parser!(u16).range(10..=1440))]
    #[schemars(range(min = 10, max = 1440))]
    pub break_glass_minutes: Option<u16>,

    /// How many characters a reason for breaking the glass must have: 1 to 500 [default: 20]
    #[arg(long, env = "WORKBOOK_BREAK_GLASS_REASON_CHARS", value_name = "CHARACTERS",
        value_parser = clap::value_parser!(u16).range(1..=500))]
    #[schemars(range(min = 1, max = 500))]
    pub break_glass_reason_chars: Option<u16>,

    /// The identity provider's issuer, exactly as it writes it: sign in there beside local accounts
    #[arg(long, env = "WORKBOOK_OIDC_ISSUER", value_name = "URL")]
    pub oidc_issuer: Option<String>,

    /// The id under which the identity provider knows this server
    #[arg(long, env = "WORKBOOK_OIDC_CLIENT_ID", value_name = "ID")]
    pub oidc_client_id: Option<String>,

    /// A file that holds the secret which the identity provider gave to this server
    #[arg(long, env = "WORKBOOK_OIDC_SECRET_FILE", value_name = "FILE")]
    pub oidc_secret_file: Option<PathBuf>,

    /// The claim that accounts are linked to (`workbook account link`): one that the provider never
    /// gives to another person, such as oid at Entra ID [default: sub]
    #[arg(long, env = "WORKBOOK_OIDC_CLAIM", value_name = "NAME")]
    pub oidc_claim: Option<String>,

    /// The address at which browsers reach this server, such as `https://workbook.example.gov.uk`
    #[arg(long, env = "WORKBOOK_PUBLIC_ADDRESS", value_name = "URL")]
    pub public_address: Option<String>,
}

/// How a log line is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// For people
    Text,
    /// A JSON object per line
    Json,
}

/// Where a port is bound unless something else is asked for.
const LISTEN: SocketAddr =
    SocketAddr::new(std::net::IpAddr::V4(std::net::Ipv4Addr::LOCALHOST), 8787);

impl Config {
    /// Reads a file.
    pub fn read(path: &std::path::Path) -> Result<Self> {
        let text = std::fs::read_to_string(path)
            .with_context(|| format!("can't read {}: check the path", path.display()))?;
        Self::parse(&text).with_context(|| {
            let path = path.display();
            format!("{path} is no configuration: see `workbook config schema`")
        })
    }

    fn parse(text: &str) -> Result<Self> {
        let config: Self = toml::from_str(text)?;
        config.in_range()?;
        Ok(config)
    }

    /// The ranges that flags are held to, for a file.
    fn in_range(&self) -> Result<()> {
        for (name, value, range) in [
            ("lease_days", self.lease_days, 1..=90),
            ("idle_minutes", self.idle_minutes, 5..=720),
            ("break_glass_minutes", self.break_glass_minutes, 10..=1440),
            (
                "break_glass_reason_chars",
                self.break_glass_reason_chars,
                1..=500,
            ),
        ] {
            if let Some(value) = value {
                let (from, to) = (range.start(), range.end());
                anyhow::ensure!(
                    range.contains(&value),
                    "{name} is {value}: choose {from} to {to}"
                );
            }
        }
        Ok(())
    }

    /// This, and from `below` what this does not say.
    #[must_use]
    pub fn over(self, below: Self) -> Self {
        Self {
            db: self.db.or(below.db),
            listen: self.listen.or(below.listen),
            app: self.app.or(below.app),
            models: self.models.or(below.models),
            lease_days: self.lease_days.or(below.lease_days),
            tls_cert: self.tls_cert.or(below.tls_cert),
            tls_key: self.tls_key.or(below.tls_key),
            metrics_listen: self.metrics_listen.or(below.metrics_listen),
            log_format: self.log_format.or(below.log_format),
            behind_proxy: self.behind_proxy.or(below.behind_proxy),
            idle_minutes: self.idle_minutes.or(below.idle_minutes),
            break_glass_minutes: self.break_glass_minutes.or(below.break_glass_minutes),
            break_glass_reason_chars: self
                .break_glass_reason_chars
                .or(below.break_glass_reason_chars),
            oidc_issuer: self.oidc_issuer.or(below.oidc_issuer),
            oidc_client_id: self.oidc_client_id.or(below.oidc_client_id),
            oidc_secret_file: self.oidc_secret_file.or(below.oidc_secret_file),
            oidc_claim: self.oidc_claim.or(below.oidc_claim),
            public_address: self.public_address.or(below.public_address),
        }
    }

    /// Where to listen.
    pub fn listen(&self) -> SocketAddr {
        self.listen.unwrap_or(LISTEN)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flag_goes_before_the_file() {
        let file = Config::parse("lease_days = 7\nlisten = \"0.0.0.0:443\"\n").unwrap();
        let flags = Config {
            lease_days: Some(3),
            ..Config::default()
        };
        let both = flags.over(file);
        assert_eq!(both.lease_days, Some(3));
        assert_eq!(both.listen().to_string(), "0.0.0.0:443");
        assert_eq!(Config::default().listen().to_string(), "127.0.0.1:8787");
    }

    /// A setting that `over` forgot would be lost from every file.
    #[test]
    fn every_setting_of_a_file_comes_through() {
        let text = include_str!("../../../../../docs/deploy/workbook.toml");
        let text: Vec<_> = text
            .lines()
            .map(|line| line.strip_prefix("#: ").unwrap_or(line))
            .collect();
        let file = Config::parse(&text.join("\n")).unwrap();
        let value = serde_json::to_value(&file).unwrap();
        for (name, value) in value.as_object().unwrap() {
            assert!(!value.is_null(), "docs/deploy/workbook.toml lacks {name}");
        }
        assert_eq!(Config::default().over(file.clone()), file);
    }

    #[test]
    fn mistakes_in_a_file_are_named() {
        for (text, named) in [
            ("lease_day = 7", "lease_day"),
            ("lease_days = \"seven\"", "lease_days"),
            ("lease_days = 0", "1 to 90"),
            ("listen = \"everywhere\"", "listen"),
            ("log_format = \"xml\"", "log_format"),
        ] {
            let error = format!("{:#}", Config::parse(text).unwrap_err());
            assert!(error.contains(named), "{error}");
        }
    }
}
