//! The settings of the administrator: flags override the environment (`AKKOORD_…`), which overrides
//! one TOML file. They are read once at the start, and every wrong value is named. They are never
//! written back, and never changed while running.

use accounts::origin::{NotAnOrigin, Origin};
use clap::Parser;
use figment::{
    Figment, Provider,
    providers::{Env, Format, Serialized, Toml},
};
use mail::Smtp;
use model::attachment::MAX_BYTES;
use serde::{Deserialize, Serialize};
use std::{
    net::{IpAddr, Ipv4Addr},
    path::PathBuf,
};
use storage::attachment::Quota;

/// Akkoord: the portal between a tax advisor and clients.
#[derive(Debug, Parser, Serialize)]
#[command(name = "sync-server", version)]
struct Arguments {
    /// TOML file with settings
    #[arg(long, value_name = "FILE")]
    #[serde(skip)]
    config: Option<PathBuf>,
    /// Folder with the built app [default: dist]
    #[arg(long, value_name = "DIR")]
    #[serde(skip_serializing_if = "Option::is_none")]
    app: Option<PathBuf>,
    /// Folder for the database and the attachments [default: ./data]
    #[arg(long, value_name = "DIR")]
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<PathBuf>,
    /// Address to listen on [default: 127.0.0.1]
    #[arg(long, value_name = "IP")]
    #[serde(skip_serializing_if = "Option::is_none")]
    listen: Option<IpAddr>,
    /// Port to listen on; 0 takes a free one [default: 8080]
    #[arg(long)]
    #[serde(skip_serializing_if = "Option::is_none")]
    port: Option<u16>,
    /// How browsers reach the server, such as https://portaal.example.nl [default: http://localhost:PORT]
    #[arg(long, value_name = "URL")]
    #[serde(skip_serializing_if = "Option::is_none")]
    origin: Option<String>,
    /// Mails leave as they are written: no digest, no rest at night
    #[arg(long)]
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    mails_at_once: bool,
    /// With a demo firm and twelve clients
    #[arg(long)]
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    demo: bool,
}

/// The forms of the lines of the process log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line, for programs that collect logs.
    Json,
}

/// The settings as they were given. The port may still be 0.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The folder with the built app.
    pub app: PathBuf,
    /// The folder for the database and the attachments.
    pub data: PathBuf,
    /// The address to listen on.
    pub listen: IpAddr,
    /// The port to listen on; 0 takes a free one.
    pub port: u16,
    #[serde(default)]
    origin: Option<Origin>,
    /// True if mails leave as soon as they are written: no digest, no quiet hours.
    pub mails_at_once: bool,
    /// True if the demo firm is to be made.
    pub demo: bool,
    smtp: Option<Smtp>,
    mail_servers_inside: bool,
    hsts_subdomains: bool,
    /// The form of the lines of the process log.
    pub log_format: LogFormat,
    max_upload: u64,
    #[serde(default)]
    storage: Quota,
    requests_per_minute: u32,
    trusted_proxies: u8,
    connections_per_address: usize,
}

/// The settings of a running server.
#[derive(Debug, Clone)]
pub struct Config {
    /// The folder with the built app.
    pub app: PathBuf,
    /// The folder for the database and the attachments.
    pub data: PathBuf,
    /// The origin at which browsers reach the server.
    pub origin: Origin,
    /// True if mails leave as soon as they are written: no digest, no quiet hours.
    pub mails_at_once: bool,
    /// True if the demo firm is to be made.
    pub demo: bool,
    /// The mail server that sends the mails; without one they stay on this machine.
    pub smtp: Option<Smtp>,
    /// True if firms may use mail servers that are not on the public internet, as in the network of this server.
    pub mail_servers_inside: bool,
    /// True if browsers shall reach every subdomain of the origin over TLS only (HSTS with `includeSubDomains`).
    pub hsts_subdomains: bool,
    /// The largest file that somebody can send, in bytes; never more than [`MAX_BYTES`].
    pub max_upload: u64,
    /// What the files of clients and firms may take, and what has to stay free on the disk.
    pub storage: Quota,
    /// The number of times per minute that one address may try an invitation or a passkey; 0 for no limit.
    pub requests_per_minute: u32,
    /// The number of reverse proxies in front of the server, each of which adds one address
    /// to `X-Forwarded-For`. What is to the left of theirs may be made up by the sender.
    pub trusted_proxies: u8,
    /// The number of connections that one address may have, such as that of an office; behind proxies the number of
    /// requests that may be under way from it.
    pub connections_per_address: usize,
    /// Our own program, of which the workers that look into files are processes. It is no setting.
    pub program: PathBuf,
}

/// The reasons why settings cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// A value is wrong. The message names the value and its place.
    #[error(transparent)]
    Wrong(#[from] Box<figment::Error>),
    #[error("origin: {0}")]
    Origin(#[from] NotAnOrigin),
    #[error("max_upload: at most {MAX_BYTES}, which is the largest file that the app sends")]
    LargestFile,
    #[error("{0}: no such file")]
    NoFile(PathBuf),
    #[error("this program does not find itself: {0}")]
    Program(std::io::Error),
}

/// The settings that are read from the environment, after `AKKOORD_`. Other variables are ignored.
const VARIABLES: &[&str] = &[
    "app",
    "data",
    "listen",
    "log_format",
    "port",
    "origin",
    "demo",
    "hsts_subdomains",
    "mails_at_once",
    "mail_servers_inside",
    "max_upload",
    "requests_per_minute",
    "trusted_proxies",
    "connections_per_address",
];
const SMTP_VARIABLES: &[&str] = &["port", "security"];
/// The settings that stay text whatever they look like, because a password may be all digits.
const SMTP_TEXTS: &[&str] = &["host", "user", "password", "from", "trust"];

impl Settings {
    /// Reads the arguments, environment and file of this process. Ends the process
    /// with a text on `--help` and on malformed arguments.
    pub fn of_process() -> Result<Self, ConfigError> {
        Self::collect(Arguments::parse())
    }

    fn collect(arguments: Arguments) -> Result<Self, ConfigError> {
        let mut figment = Figment::from(Serialized::defaults(serde_json::json!({
            "app": "dist",
            "data": "./data",
            "listen": IpAddr::V4(Ipv4Addr::LOCALHOST),
            "port": 8080,
            "demo": false,
            "hsts_subdomains": false,
            "log_format": LogFormat::Text,
            "mails_at_once": false,
            "mail_servers_inside": false,
            "max_upload": MAX_BYTES,
            "requests_per_minute": 60,
            "trusted_proxies": 0,
            "connections_per_address": 256,
        })));
        if let Some(file) = &arguments.config {
            if !file.is_file() {
                return Err(ConfigError::NoFile(file.clone()));
            }
            figment = figment.merge(Toml::file_exact(file));
        }
        figment = figment.merge(Env::prefixed("AKKOORD_").only(VARIABLES));
        figment = figment.merge(Env::prefixed("AKKOORD_SMTP_").only(SMTP_VARIABLES).map(|key| smtp_key(key).into()));
        for (key, value) in Env::prefixed("AKKOORD_SMTP_").only(SMTP_TEXTS).iter() {
            figment = figment.merge((smtp_key(key.as_str().to_lowercase()), value));
        }
        Self::extract(figment.merge(Serialized::defaults(arguments)))
    }

    fn extract(provider: impl Provider) -> Result<Self, ConfigError> {
        Ok(Figment::from(provider).extract::<Self>().map_err(Box::new)?)
    }

    /// Returns the configuration of a server that listens on `port`.
    pub fn listening_on(self, port: u16) -> Result<Config, ConfigError> {
        if self.max_upload > MAX_BYTES {
            return Err(ConfigError::LargestFile);
        }
        let origin = match self.origin {
            Some(origin) => origin,
            None => Origin::localhost(port)?,
        };
        Ok(Config {
            app: self.app,
            data: self.data,
            // Whoever tries things out has the mail server on the same machine.
            mail_servers_inside: self.mail_servers_inside || origin.is_localhost(),
            origin,
            demo: self.demo,
            mails_at_once: self.mails_at_once,
            smtp: self.smtp,
            hsts_subdomains: self.hsts_subdomains,
            max_upload: self.max_upload,
            storage: self.storage,
            requests_per_minute: self.requests_per_minute,
            trusted_proxies: self.trusted_proxies,
            connections_per_address: self.connections_per_address,
            program: inspect::own_program().map_err(ConfigError::Program)?,
        })
    }
}

fn smtp_key(key: impl std::fmt::Display) -> String {
    format!("smtp.{key}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use mail::SmtpSecurity;

    fn settings(arguments: &[&str]) -> Result<Settings, ConfigError> {
        Settings::collect(Arguments::parse_from(["sync-server"].iter().chain(arguments)))
    }

    #[test]
    fn without_anything_it_is_localhost_8080() {
        let settings = settings(&[]).unwrap();
        assert_eq!((settings.port, settings.demo), (8080, false));
        let config = settings.listening_on(8080).unwrap();
        assert_eq!(config.origin.as_str(), "http://localhost:8080");
        assert_eq!(config.origin.rp_id(), "localhost");
        assert!(config.origin.is_localhost() && config.smtp.is_none());
        assert_eq!(config.max_upload, MAX_BYTES);
        assert_eq!(config.storage, Quota::default());
    }

    #[test]
    fn the_largest_file_can_only_be_made_smaller() {
        let with = |max_upload: u64| Settings { max_upload, ..settings(&[]).unwrap() }.listening_on(8080);
        assert_eq!(with(1000).unwrap().max_upload, 1000);
        assert!(matches!(with(MAX_BYTES + 1), Err(ConfigError::LargestFile)));
    }

    #[test]
    fn a_flag_wins_over_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("akkoord.toml");
        std::fs::write(
            &file,
            "port = 1\ndata = \"/d\"\n[storage]\nclient_files = 7\n[smtp]\nhost = \"mail\"\nsecurity = \"tls\"\npassword = \"0012\"",
        )
        .unwrap();
        let settings = settings(&["--config", file.to_str().unwrap(), "--port", "2"]).unwrap();
        assert_eq!((settings.port, settings.data.to_str()), (2, Some("/d")));
        assert_eq!(settings.storage, Quota { client_files: 7, ..Quota::default() });
        let smtp = settings.smtp.unwrap();
        assert_eq!((smtp.host.as_str(), smtp.security), ("mail", SmtpSecurity::Tls));
        assert!(!format!("{smtp:?}").contains("0012"), "a password is never shown");
    }

    #[test]
    fn a_wrong_value_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("akkoord.toml");
        for (text, word) in [
            ("port = \"many\"", "port"),
            ("origin = \"http://portaal.nl\"", "origin"),
            ("colour = 1", "colour"),
            ("[smtp]\nhost = \"m\"\nsecurity = \"some\"", "smtp.security"),
        ] {
            std::fs::write(&file, text).unwrap();
            let error = settings(&["--config", file.to_str().unwrap()]).unwrap_err().to_string();
            assert!(error.contains(word), "{error}");
        }
        assert!(matches!(settings(&["--config", "/nowhere"]), Err(ConfigError::NoFile(_))));
    }
}
