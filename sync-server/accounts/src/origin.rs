//! The origin of this server, as browsers and passkeys know it.

use model::approval::RelyingParty;
use serde::{Deserialize, Deserializer};
use url::Url;

/// Scheme, host and port, as a browser writes them: no path, no slash at the end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    text: String,
    url: Url,
    host: String,
}

/// The text is no origin on which passkeys work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotAnOrigin {
    #[error("not an address of the form https://host")]
    Malformed,
    #[error("an origin has no path, query or user: https://host[:port]")]
    TooMuch,
    #[error("passkeys need a host name, not an IP address")]
    IpAddress,
    #[error("http is for localhost only; elsewhere browsers refuse passkeys")]
    Insecure,
}

impl Origin {
    /// Returns the origin of a server on this machine.
    pub fn localhost(port: u16) -> Result<Self, NotAnOrigin> {
        Self::parse(&format!("http://localhost:{port}"))
    }

    /// Reads `https://host[:port]` or `http://localhost[:port]`.
    pub fn parse(text: &str) -> Result<Self, NotAnOrigin> {
        let url = Url::parse(text).map_err(|_| NotAnOrigin::Malformed)?;
        let host = match url.host() {
            Some(url::Host::Domain(host)) => host.to_owned(),
            Some(_) => return Err(NotAnOrigin::IpAddress),
            None => return Err(NotAnOrigin::Malformed),
        };
        if url.path() != "/" || url.query().is_some() || url.fragment().is_some() || !url.username().is_empty() {
            return Err(NotAnOrigin::TooMuch);
        }
        match url.scheme() {
            "https" => {}
            "http" if host == "localhost" => {}
            "http" => return Err(NotAnOrigin::Insecure),
            _ => return Err(NotAnOrigin::Malformed),
        }
        Ok(Self { text: url.origin().ascii_serialization(), url, host })
    }

    /// Returns `https://host[:port]`.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Returns the origin as a URL, with the path `/`.
    pub fn url(&self) -> &Url {
        &self.url
    }

    /// The relying party of the passkeys, which is the host name.
    pub fn rp_id(&self) -> &str {
        &self.host
    }

    /// Returns the site that the passkeys of this server belong to.
    pub fn relying_party(&self) -> RelyingParty {
        RelyingParty { id: self.host.clone(), origin: self.text.clone() }
    }

    /// Returns true if browsers run on this machine, which means development.
    pub fn is_localhost(&self) -> bool {
        self.host == "localhost"
    }
}

impl std::fmt::Display for Origin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text)
    }
}

impl<'de> Deserialize<'de> for Origin {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::parse(&String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_a_host_name_that_passkeys_work_on() {
        let check = |text: &str, expected: Result<&str, NotAnOrigin>| {
            assert_eq!(Origin::parse(text).as_ref().map(Origin::as_str).map_err(|e| *e), expected, "{text}");
        };
        check("https://Portaal.example.nl/", Ok("https://portaal.example.nl"));
        check("https://portaal.example.nl:8443", Ok("https://portaal.example.nl:8443"));
        check("http://localhost:8080", Ok("http://localhost:8080"));
        check("http://portaal.example.nl", Err(NotAnOrigin::Insecure));
        check("http://127.0.0.1:8080", Err(NotAnOrigin::IpAddress));
        check("https://portaal.example.nl/x", Err(NotAnOrigin::TooMuch));
        check("portaal.example.nl", Err(NotAnOrigin::Malformed));
    }
}
