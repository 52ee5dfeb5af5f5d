//! Tests of the server as a process: what it prints, how it ends, and that one folder
//! has one server.

use std::{
    collections::BTreeMap,
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::{Path, PathBuf},
    process::{Child, ChildStdout, Command, Stdio},
};

struct Server {
    child: Child,
    lines: std::io::Lines<BufReader<ChildStdout>>,
    address: String,
}

fn command(data: &Path) -> Command {
    let mut command = Command::new(crate::PROGRAM);
    command.args(["--port", "0", "--app", "/none", "--data"]).arg(data).stderr(Stdio::piped()).stdout(Stdio::piped());
    command
}

impl Server {
    fn start(data: &Path) -> Self {
        Self::of(command(data))
    }

    fn of(mut command: Command) -> Self {
        let mut child = command.spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let first = lines.next().unwrap().unwrap();
        let address = first.strip_prefix("listening on http://").expect("the first line").to_owned();
        Self { child, lines, address }
    }

    fn get(&self, path: &str) -> String {
        let port = self.address.rsplit(':').next().unwrap();
        let mut stream = TcpStream::connect(("127.0.0.1", port.parse().unwrap())).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\n\r\n", self.address).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

#[test]
fn it_prints_where_it_listens_and_how_to_begin_and_answers() {
    let folder = tempfile::tempdir().unwrap();
    let mut server = Server::start(folder.path());
    let setup = server.lines.next().unwrap().unwrap();
    assert!(setup.starts_with(&format!("setup: http://{}/kantoor/begin#", server.address)), "{setup}");
    assert!(server.get("/healthz").starts_with("HTTP/1.1 200"));
    assert!(server.get("/api/me").starts_with("HTTP/1.1 401"));
}

#[test]
fn a_second_server_on_the_same_folder_is_refused_and_one_after_a_kill_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let first = Server::start(folder.path());
    let second = command(folder.path()).output().unwrap();
    assert!(!second.status.success());
    assert!(String::from_utf8_lossy(&second.stderr).contains("another server works in"), "{second:?}");
    drop(first);
    assert!(Server::start(folder.path()).get("/readyz").starts_with("HTTP/1.1 200"));
}

#[test]
fn a_setting_that_is_wrong_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let wrong = command(folder.path()).env("AKKOORD_SMTP_HOST", "mail").env("AKKOORD_SMTP_SECURITY", "some").output();
    let wrong = wrong.unwrap();
    assert!(!wrong.status.success());
    let told = String::from_utf8_lossy(&wrong.stderr);
    assert!(told.contains("AKKOORD_SMTP_") && told.contains("SECURITY") && told.contains("`some`"), "{told}");
    let plain = command(folder.path()).args(["--origin", "http://portaal.example.nl"]).output().unwrap();
    assert!(String::from_utf8_lossy(&plain.stderr).contains("http is for localhost only"), "{plain:?}");
}

#[test]
fn settings_come_from_the_environment_and_a_password_of_digits_is_a_password() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = command(folder.path());
    for (name, value) in [
        ("SMTP_HOST", "127.0.0.1"),
        ("SMTP_PORT", "2525"),
        ("SMTP_SECURITY", "none"),
        ("SMTP_USER", "7"),
        ("SMTP_PASSWORD", "0012"),
        ("ORIGIN", "https://portaal.example.nl"),
        ("UNHEARD_OF", "1"),
    ] {
        command.env(format!("AKKOORD_{name}"), value);
    }
    let mut server = Server::of(command);
    let setup = server.lines.next().unwrap().unwrap();
    assert!(setup.starts_with("setup: https://portaal.example.nl/kantoor/begin#"), "{setup}");
    assert!(server.get("/healthz").contains("strict-transport-security: max-age"));
}

#[cfg(unix)]
#[test]
fn it_ends_in_order_when_the_system_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let mut server = Server::start(folder.path());
    let told = Command::new("kill").arg("-TERM").arg(server.child.id().to_string()).status().unwrap();
    assert!(told.success());
    assert!(server.child.wait().unwrap().success());
}

#[test]
fn a_folder_that_a_newer_release_used_is_refused_by_the_server_and_by_every_tool_and_stays_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    drop(Server::start(data));
    let newer = rusqlite::Connection::open(data.join("akkoord.db")).unwrap();
    newer.execute_batch("insert into migration (name) values ('9999_newer')").unwrap();
    drop(newer);
    let files = || files_below(data);
    let before = files();
    let tools = [&["audit", "export"][..], &["audit", "verify"], &["firm", "add"]].map(|arguments| {
        let mut tool = Command::new(crate::PROGRAM);
        tool.args(arguments).arg("--data").arg(data);
        tool
    });
    for mut command in tools.into_iter().chain([command(data)]) {
        let output = command.output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(!output.status.success() && said.contains("a newer release of Akkoord"), "{command:?}: {said}");
        assert_eq!(files(), before, "{command:?}");
    }
}

fn files_below(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries
        .flat_map(|path| match path.is_dir() {
            true => files_below(&path),
            false => BTreeMap::from([(path.clone(), std::fs::read(&path).unwrap())]),
        })
        .collect()
}

#[cfg(unix)]
#[test]
fn nobody_else_on_the_machine_reads_what_the_server_keeps() {
    use std::os::unix::fs::PermissionsExt;
    let place = tempfile::tempdir().unwrap();
    let data = place.path().join("data");
    std::fs::create_dir(&data).unwrap();
    std::fs::set_permissions(&data, std::fs::Permissions::from_mode(0o755)).unwrap();
    // The mask that most users have; the server takes away more.
    let mut shell = Command::new("sh");
    shell.arg("-c").arg("umask 022; exec \"$0\" \"$@\"").arg(crate::PROGRAM).args(command(&data).get_args());
    shell.stderr(Stdio::piped()).stdout(Stdio::piped());
    let mut server = Server::of(shell);
    assert!(server.get("/readyz").starts_with("HTTP/1.1 200"));
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&data), 0o700);
    for (file, _) in files_below(&data) {
        assert_eq!(mode(&file) & 0o077, 0, "{}", file.display());
    }
    server.child.kill().unwrap();
    let mut said = String::new();
    server.child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    assert!(said.contains("the data folder was open to others"), "{said}");
}

#[test]
fn a_second_server_is_refused_also_when_the_lock_was_deleted() {
    let folder = tempfile::tempdir().unwrap();
    let _first = Server::start(folder.path());
    std::fs::remove_file(folder.path().join("lock")).unwrap();
    let second = command(folder.path()).output().unwrap();
    assert!(!second.status.success());
    assert!(String::from_utf8_lossy(&second.stderr).contains("another server works in"), "{second:?}");
}
