//! Mail programs that others made: a server process (aiosmtpd) and
//! readers of mails (Python's email package, dkimpy), installed by
//! `cargo xtask test` under target/.

use mail::{Smtp, SmtpSecurity};
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use serde::Deserialize;
use std::{
    collections::BTreeMap,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/python_mail/mail.py");
pub const USER: &str = "portaal@wilgenhof.example";
pub const PASSWORD: &str = "een lang geheim: ü%s";

fn python() -> Command {
    let there = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/python");
    let program = [there.join("bin/python"), there.join("Scripts/python.exe")].into_iter().find(|p| p.exists());
    let mut command = Command::new(program.expect("`cargo xtask test` installs the mail server that this test asks"));
    command.arg(SCRIPT);
    command
}

/// A mail server process, which ends when this value is dropped.
pub struct PythonMail {
    folder: PathBuf,
    mode: SmtpSecurity,
    login: bool,
    pub port: u16,
    process: Option<Child>,
}

/// A mail as it arrived: what the server noted, and its file.
#[derive(Debug, Clone)]
pub struct Taken {
    pub to: Vec<String>,
    pub tls: bool,
    pub file: PathBuf,
}

#[derive(Deserialize)]
struct Noted {
    to: Vec<String>,
    tls: bool,
}

/// A mail as Python's email package reads it.
#[derive(Debug, Clone, Deserialize)]
pub struct ReadMail {
    pub headers: Vec<(String, String)>,
    pub from_name: String,
    pub from: String,
    pub types: Vec<String>,
    pub text: String,
    pub html: String,
    pub defects: Vec<String>,
}

impl ReadMail {
    /// Returns all values of a header.
    pub fn header(&self, name: &str) -> Vec<&str> {
        let same = self.headers.iter().filter(|(n, _)| n.eq_ignore_ascii_case(name));
        same.map(|(_, value)| value.as_str()).collect()
    }
}

impl PythonMail {
    /// Starts a server on a free port; its folder is below `folder`.
    pub fn open(folder: &Path, mode: SmtpSecurity, login: bool) -> Self {
        let folder = folder.join(format!("post-{}", mode.word()));
        std::fs::create_dir_all(&folder).unwrap();
        certify(&folder);
        let mut python_mail = Self { folder, mode, login, port: 0, process: None };
        python_mail.start();
        python_mail
    }

    /// Starts the server, on the same port as before.
    pub fn start(&mut self) {
        let mode = if self.mode == SmtpSecurity::None { "plain" } else { self.mode.word() };
        let mut command = python();
        command.arg("serve").arg(&self.folder).arg(self.port.to_string()).arg(mode);
        if self.mode != SmtpSecurity::None {
            command.arg(self.folder.join("server.pem")).arg(self.folder.join("server.key"));
        }
        if self.login {
            command.args([USER, PASSWORD]);
        }
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let mut first = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut first).unwrap();
        self.port = first.trim().parse().expect("the mail server tells its port");
        self.process = Some(child);
    }

    /// Stops the server, so that nobody answers.
    pub fn stop(&mut self) {
        if let Some(mut process) = self.process.take() {
            process.kill().unwrap();
            process.wait().unwrap();
        }
    }

    /// Sets the answers to a recipient or to `DATA` from now on.
    pub fn answer(&self, answers: &[(&str, &str)]) {
        let answers: BTreeMap<_, _> = answers.iter().copied().collect();
        std::fs::write(self.folder.join("answers.json"), serde_json::to_vec(&answers).unwrap()).unwrap();
    }

    /// Returns the root certificate to trust.
    pub fn root(&self) -> PathBuf {
        self.folder.join("root.pem")
    }

    /// Returns the settings with which it can be reached.
    pub fn settings(&self) -> Smtp {
        Smtp {
            host: "localhost".into(),
            port: Some(self.port),
            security: self.mode,
            user: self.login.then(|| USER.to_owned()),
            password: self.login.then(|| PASSWORD.to_owned()),
            from: None,
            trust: (self.mode != SmtpSecurity::None).then(|| self.root()),
        }
    }

    /// Returns the mails that arrived, oldest first.
    pub fn taken(&self) -> Vec<Taken> {
        let file = |n: usize, end: &str| self.folder.join(format!("{n}.{end}"));
        (0..)
            .take_while(|n| file(*n, "eml").exists())
            .map(|n| {
                let noted: Noted = serde_json::from_slice(&std::fs::read(file(n, "json")).unwrap()).unwrap();
                Taken { to: noted.to, tls: noted.tls, file: file(n, "eml") }
            })
            .collect()
    }

    /// Waits until this number of mails arrived.
    #[expect(clippy::disallowed_methods, reason = "it waits for another process, and not for ever")]
    pub fn wait_for(&self, count: usize) {
        let deadline = Instant::now() + Duration::from_secs(60);
        while self.taken().len() < count {
            assert!(Instant::now() < deadline, "{} of {count} mails arrived", self.taken().len());
            std::thread::yield_now();
        }
    }

    /// Returns the mails that arrived, as another program reads them.
    pub fn read(&self) -> Vec<ReadMail> {
        let files = self.taken().into_iter().map(|taken| taken.file);
        let output = python().arg("read").args(files).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_slice(&output.stdout).unwrap()
    }
}

impl Drop for PythonMail {
    fn drop(&mut self) {
        self.stop();
    }
}

/// Returns true if another program finds a good signature, with this record in DNS.
pub fn verifies(file: &Path, (name, text): &(String, String)) -> bool {
    let output = python().arg("verify").arg(file).arg(name).arg(text).output().unwrap();
    match String::from_utf8_lossy(&output.stdout).trim() {
        "good" => true,
        "bad" => false,
        _ => panic!("{}", String::from_utf8_lossy(&output.stderr)),
    }
}

/// Makes a root certificate, and a certificate for this machine that it signed.
fn certify(folder: &Path) {
    let root_key = KeyPair::generate().unwrap();
    let mut root = CertificateParams::new(Vec::new()).unwrap();
    root.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let server_key = KeyPair::generate().unwrap();
    let server = CertificateParams::new(vec!["localhost".to_owned()]).unwrap();
    let server = server.signed_by(&server_key, &Issuer::from_params(&root, &root_key)).unwrap();
    std::fs::write(folder.join("root.pem"), root.self_signed(&root_key).unwrap().pem()).unwrap();
    std::fs::write(folder.join("server.pem"), server.pem()).unwrap();
    std::fs::write(folder.join("server.key"), server_key.serialize_pem()).unwrap();
}
