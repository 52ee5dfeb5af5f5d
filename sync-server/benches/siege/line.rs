//! The little HTTP that honest people and attackers need, from an address of their own.

use socket2::{Domain, Socket as RawSocket, Type};
use std::{
    io::{self, Read, Write},
    net::{Ipv4Addr, SocketAddr, TcpStream},
    time::Duration,
};
use testkit::server_process::Socket;

/// The longest time for which anybody waits.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// Opens a connection from an address of this machine.
pub fn connect(from: Ipv4Addr, port: u16) -> io::Result<TcpStream> {
    let socket = RawSocket::new(Domain::IPV4, Type::STREAM, None)?;
    socket.bind(&SocketAddr::from((from, 0)).into())?;
    socket.connect_timeout(&SocketAddr::from((Ipv4Addr::LOCALHOST, port)).into(), PATIENCE)?;
    let stream = TcpStream::from(socket);
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    stream.set_nodelay(true)?;
    Ok(stream)
}

/// Returns the head of a request, with `more` lines in it.
pub fn head(port: u16, method: &str, path: &str, cookie: &str, more: &str) -> String {
    format!(
        "{method} {path} HTTP/1.1\r\nhost: localhost:{port}\r\norigin: http://localhost:{port}\r\ncookie: {cookie}\r\n{more}"
    )
}

/// Sends a request on a connection of its own. Returns the whole answer.
pub fn ask(
    from: Ipv4Addr,
    port: u16,
    (method, path): (&str, &str),
    cookie: &str,
    kind: &str,
    body: &[u8],
) -> io::Result<Vec<u8>> {
    let mut stream = connect(from, port)?;
    let length = body.len();
    let more =
        format!("accept: text/html\r\nconnection: close\r\ncontent-type: {kind}\r\ncontent-length: {length}\r\n\r\n");
    stream.write_all(head(port, method, path, cookie, &more).as_bytes())?;
    stream.write_all(body)?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    Ok(answer)
}

/// Returns the status of an answer; 0 if there was none.
pub fn status(answer: &[u8]) -> u16 {
    let digits = answer.get(9..12).and_then(|digits| std::str::from_utf8(digits).ok());
    digits.and_then(|digits| digits.parse().ok()).unwrap_or(0)
}

/// Opens a WebSocket to `/sync`.
pub fn socket(from: Ipv4Addr, port: u16, cookie: &str) -> Option<Socket> {
    match Socket::over(connect(from, port).ok()?, &format!("localhost:{port}"), cookie)? {
        (socket, 101) => Some(socket),
        _ => None,
    }
}
