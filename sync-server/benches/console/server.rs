//! The release server in a process of its own, and the little HTTP that a
//! measurement needs.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::Path,
    process::{Child, Command, Stdio},
};

/// A server that ends when this value is dropped.
pub struct Server {
    process: Child,
    address: String,
    cookie: String,
}

impl Server {
    /// Starts it on a data folder; `cookie` is sent with every request.
    pub fn start(data: &Path, cookie: &str) -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_sync-server"))
            .arg("--data")
            .arg(data)
            .args(["--port", "0", "--app", "none"])
            .env("AKKOORD_LOG", "warn")
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let line = lines.find_map(|line| line.unwrap().strip_prefix("listening on http://").map(str::to_owned));
        Self { process, address: line.unwrap(), cookie: cookie.to_owned() }
    }

    /// Returns a page.
    pub fn get(&self, path: &str) -> String {
        self.ask("GET", path, "", b"").1
    }

    /// Sends a form.
    pub fn post(&self, path: &str, body: &str) {
        let (head, body) = self.ask("POST", path, "application/x-www-form-urlencoded", body.as_bytes());
        assert!(head.starts_with("HTTP/1.1 303"), "{path}: {head} {body}");
    }

    /// Sends a file. Returns the address that the answer redirects to.
    pub fn send_file(&self, path: &str, file: &[u8]) -> String {
        let mut body =
            b"--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"klanten.csv\"\r\n\r\n".to_vec();
        body.extend(file);
        body.extend(b"\r\n--x--\r\n");
        let (head, _) = self.ask("POST", path, "multipart/form-data; boundary=x", &body);
        let location = head.lines().find_map(|line| line.strip_prefix("location: "));
        location.unwrap_or_else(|| panic!("{head}")).to_owned()
    }

    fn ask(&self, method: &str, path: &str, kind: &str, body: &[u8]) -> (String, String) {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.set_nodelay(true).unwrap();
        let (host, cookie) = (&self.address, &self.cookie);
        let mut request = format!(
            "{method} {path} HTTP/1.1\r\nhost: {host}\r\norigin: http://{host}\r\ncookie: {cookie}\r\naccept: text/html\r\nconnection: close\r\ncontent-length: {}\r\n",
            body.len()
        );
        if !kind.is_empty() {
            request.push_str(&format!("content-type: {kind}\r\n"));
        }
        request.push_str("\r\n");
        stream.write_all(request.as_bytes()).unwrap();
        stream.write_all(body).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        (head.to_owned(), body.to_owned())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }
}
