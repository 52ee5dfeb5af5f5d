//! The one guard of every connection that this server opens to another machine. It looks a name up
//! once and judges every address of the answer; whoever connects does so to these addresses and never to the
//! name, so that a second answer of DNS changes nothing. It opens no connection itself.

use futures_util::future::BoxFuture;
use std::{
    io,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    sync::Arc,
    time::Duration,
};

/// The longest time that looking up a name may take.
const LOOKUP: Duration = Duration::from_secs(10);

/// The reasons why there is no address to connect to. They are for the log and for the operator: whoever
/// chose the name learns none of them, because they tell what stands behind this server.
#[derive(Debug, thiserror::Error)]
pub enum EgressError {
    #[error("{host} has no address: {cause}")]
    Unresolved { host: String, cause: io::Error },
    #[error("{host} is {address}, which is not on the public internet")]
    Inside { host: String, address: IpAddr },
    #[error("{host} did not answer in time")]
    TimedOut { host: String },
}

/// Looks up the addresses of a name and a port.
type Resolve = Arc<dyn Fn(String, u16) -> BoxFuture<'static, io::Result<Vec<SocketAddr>>> + Send + Sync>;

/// The addresses to which connections may go.
#[derive(Clone)]
pub struct Egress {
    inside: bool,
    resolve: Resolve,
}

impl Egress {
    /// Allows addresses on the public internet only, for names that somebody chose who is not the operator.
    pub fn public() -> Self {
        Self { inside: false, resolve: Arc::new(|host, port| Box::pin(resolve(host, port))) }
    }

    /// Allows every address, for names that the operator chose or allowed.
    pub fn anywhere() -> Self {
        Self { inside: true, ..Self::public() }
    }

    /// Looks names up with `resolve` in place of the system, for tests.
    pub fn resolving(
        self,
        resolve: impl Fn(String, u16) -> BoxFuture<'static, io::Result<Vec<SocketAddr>>> + Send + Sync + 'static,
    ) -> Self {
        Self { resolve: Arc::new(resolve), ..self }
    }

    /// Returns true if connections may go to addresses that are not on the public internet.
    pub fn reaches_inside(&self) -> bool {
        self.inside
    }

    /// Returns the addresses of `host`, if each of them may be connected to. There is at least one.
    pub async fn addresses(&self, host: &str, port: u16) -> Result<Vec<SocketAddr>, EgressError> {
        let host = host.to_owned();
        let found = match tokio::time::timeout(LOOKUP, (self.resolve)(host.clone(), port)).await {
            Ok(Ok(found)) if found.is_empty() => Err(io::Error::from(io::ErrorKind::NotFound)),
            Ok(found) => found,
            Err(_) => return Err(EgressError::TimedOut { host }),
        };
        let found = found.map_err(|cause| EgressError::Unresolved { host: host.clone(), cause })?;
        // A name with one address outside and one inside is refused as a whole.
        match found.iter().map(SocketAddr::ip).find(|address| !self.inside && !is_public(*address)) {
            Some(address) => Err(EgressError::Inside { host, address }),
            None => Ok(found),
        }
    }
}

async fn resolve(host: String, port: u16) -> io::Result<Vec<SocketAddr>> {
    Ok(tokio::net::lookup_host((host, port)).await?.collect())
}

/// The IPv4 networks that are not on the public internet, with the number of bits of each (IANA's registry of
/// special-purpose addresses), and an address at which a cloud provider tells machines about themselves.
const INSIDE_V4: [(Ipv4Addr, u32); 17] = [
    (Ipv4Addr::new(0, 0, 0, 0), 8),
    (Ipv4Addr::new(10, 0, 0, 0), 8),
    (Ipv4Addr::new(100, 64, 0, 0), 10),
    (Ipv4Addr::new(127, 0, 0, 0), 8),
    (Ipv4Addr::new(168, 63, 129, 16), 32),
    (Ipv4Addr::new(169, 254, 0, 0), 16),
    (Ipv4Addr::new(172, 16, 0, 0), 12),
    (Ipv4Addr::new(192, 0, 0, 0), 24),
    (Ipv4Addr::new(192, 0, 2, 0), 24),
    (Ipv4Addr::new(192, 31, 196, 0), 24),
    (Ipv4Addr::new(192, 88, 99, 0), 24),
    (Ipv4Addr::new(192, 168, 0, 0), 16),
    (Ipv4Addr::new(198, 18, 0, 0), 15),
    (Ipv4Addr::new(198, 51, 100, 0), 24),
    (Ipv4Addr::new(203, 0, 113, 0), 24),
    // Multicast, and what is reserved, up to broadcast.
    (Ipv4Addr::new(224, 0, 0, 0), 4),
    (Ipv4Addr::new(240, 0, 0, 0), 4),
];

/// The networks within the global unicast addresses of IPv6 that have another purpose: of protocols (among
/// them Teredo), documentation, and 6to4.
const INSIDE_V6: [(Ipv6Addr, u32); 4] = [
    (Ipv6Addr::new(0x2001, 0, 0, 0, 0, 0, 0, 0), 23),
    (Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 0), 32),
    (Ipv6Addr::new(0x2002, 0, 0, 0, 0, 0, 0, 0), 16),
    (Ipv6Addr::new(0x3fff, 0, 0, 0, 0, 0, 0, 0), 20),
];

/// The beginnings of IPv6 addresses whose last 32 bits are the IPv4 address that a connection reaches: mapped, and
/// translated (RFC 6052).
const WITH_V4: [Ipv6Addr; 2] =
    [Ipv6Addr::new(0, 0, 0, 0, 0, 0xffff, 0, 0), Ipv6Addr::new(0x64, 0xff9b, 0, 0, 0, 0, 0, 0)];

/// Returns true if an address is on the public internet.
fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => {
            !INSIDE_V4.iter().any(|(network, bits)| (v4.to_bits() ^ network.to_bits()) >> (32 - bits) == 0)
        }
        IpAddr::V6(v6) => {
            let starts = |network: &Ipv6Addr, bits: u32| (v6.to_bits() ^ network.to_bits()) >> (128 - bits) == 0;
            if WITH_V4.iter().any(|network| starts(network, 96)) {
                let [.., a, b, c, d] = v6.octets();
                return is_public(IpAddr::V4(Ipv4Addr::new(a, b, c, d)));
            }
            // Only 2000::/3 is given out, so all else is local, of multicast, or nobody's.
            starts(&Ipv6Addr::new(0x2000, 0, 0, 0, 0, 0, 0, 0), 3)
                && !INSIDE_V6.iter().any(|(network, bits)| starts(network, *bits))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[test]
    fn every_address_that_is_not_on_the_public_internet_is_known_as_such() {
        for inside in [
            "0.0.0.0",
            "0.1.2.3",
            "10.0.0.1",
            "100.64.0.1",
            "100.100.100.200",
            "100.127.255.255",
            "127.0.0.1",
            "127.255.255.254",
            "168.63.129.16",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.192",
            "192.0.2.1",
            "192.168.178.1",
            "198.18.0.1",
            "198.19.255.255",
            "198.51.100.7",
            "203.0.113.9",
            "224.0.0.1",
            "239.255.255.255",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::7f00:1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::ffff:169.254.169.254",
            "64:ff9b::127.0.0.1",
            "64:ff9b::a00:1",
            "64:ff9b:1::1",
            "100::1",
            "2001::1",
            "2001:db8::1",
            "2002:7f00:1::",
            "3fff::1",
            "5f00::1",
            "fc00::1",
            "fd00:ec2::254",
            "fe80::1",
            "fec0::1",
            "ff02::1",
        ] {
            assert!(!is_public(inside.parse().unwrap()), "{inside}");
        }
        for outside in [
            "1.1.1.1",
            "9.9.9.9",
            "11.0.0.1",
            "100.63.255.255",
            "100.128.0.1",
            "126.255.255.255",
            "128.0.0.1",
            "172.15.255.255",
            "172.32.0.1",
            "192.167.255.255",
            "198.17.255.255",
            "198.20.0.1",
            "223.255.255.255",
            "::ffff:9.9.9.9",
            "64:ff9b::9.9.9.9",
            "2001:4860:4860::8888",
            "2606:4700::1111",
            "2a00:1450::1",
        ] {
            assert!(is_public(outside.parse().unwrap()), "{outside}");
        }
    }

    fn answering(answers: &'static [&'static [&'static str]]) -> (Egress, Arc<AtomicUsize>) {
        let asked = Arc::<AtomicUsize>::default();
        let counted = asked.clone();
        let resolve = move |_, port| {
            let answer = answers[counted.fetch_add(1, Ordering::SeqCst).min(answers.len() - 1)];
            let answer = answer.iter().map(|ip| SocketAddr::new(ip.parse().unwrap(), port)).collect();
            Box::pin(async move { Ok(answer) }) as BoxFuture<'static, _>
        };
        (Egress::public().resolving(resolve), asked)
    }

    #[tokio::test]
    async fn a_name_is_looked_up_once_and_refused_if_one_of_its_addresses_is_inside() {
        let (egress, asked) = answering(&[&["9.9.9.9", "2606:4700::1111"], &["127.0.0.1"]]);
        let addresses = egress.addresses("mail.example", 587).await.unwrap();
        assert_eq!(addresses, ["9.9.9.9:587".parse().unwrap(), "[2606:4700::1111]:587".parse().unwrap()]);
        assert_eq!(asked.load(Ordering::SeqCst), 1, "the addresses are those that were judged");
        // The next connection asks again, and is judged again.
        assert!(matches!(egress.addresses("mail.example", 587).await, Err(EgressError::Inside { .. })));

        for answer in [&["10.0.0.1"][..], &["9.9.9.9", "10.0.0.1"], &["::ffff:10.0.0.1", "9.9.9.9"]] {
            let answers: &'static [&'static [&'static str]] = Box::leak(Box::new([answer]));
            let refused = answering(answers).0.addresses("mail.example", 25).await;
            assert!(matches!(refused, Err(EgressError::Inside { .. })), "{answer:?}: {refused:?}");
        }
        let nothing = answering(&[&[]]).0.addresses("mail.example", 25).await;
        assert!(matches!(nothing, Err(EgressError::Unresolved { .. })), "{nothing:?}");
    }

    #[tokio::test]
    async fn no_spelling_of_an_inner_address_passes_and_the_operator_may_use_it() {
        for host in ["127.0.0.1", "127.1", "127.0.1", "0x7f.1", "0177.0.0.1", "2130706433", "localhost", "::1"] {
            // Some systems do not read all of these spellings; none connects.
            assert!(Egress::public().addresses(host, 25).await.is_err(), "{host}");
        }
        assert!(Egress::anywhere().addresses("localhost", 25).await.is_ok());
    }
}
