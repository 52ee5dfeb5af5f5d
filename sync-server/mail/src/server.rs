//! A mail server, and the connection to it. It is reached at the addresses that the guard of outgoing
//! connections judged, and by TLS under its name. What a firm's mail server says is repeated only after TLS with a
//! valid certificate: before that anything may have spoken, also something in the operator's own network.

use super::error::{DeliveryError, sorted, whole};
use crate::{Smtp, SmtpSecurity};
use lettre::{
    Message,
    transport::smtp::{
        authentication::{Credentials, Mechanism},
        client::{AsyncSmtpConnection, Certificate, TlsParameters},
        extension::ClientId,
        response::Response,
    },
};
use std::time::Duration;
use storage::egress::{Egress, EgressError};
use tokio::{sync::Mutex, time::timeout};

/// The longest time that connecting to one address may take.
const CONNECTING: Duration = Duration::from_secs(10);
/// The longest time until a mail server has accepted our login.
const OPENING: Duration = Duration::from_secs(30);
/// The longest time that a mail server may take for one mail.
const SENDING: Duration = Duration::from_secs(60);

/// A mail server, with the settings by which it is reached.
pub struct Server {
    host: String,
    port: u16,
    /// The parameters of TLS, and whether it starts with the first byte; None for no TLS.
    tls: Option<(TlsParameters, bool)>,
    hello: ClientId,
    credentials: Option<Credentials>,
    egress: Egress,
    /// True for the operator's own mail server, whose words are believed also without TLS.
    is_operators: bool,
    /// The connection of the previous mail, for the next one of the same round.
    kept: Mutex<Option<AsyncSmtpConnection>>,
}

impl Server {
    /// Reads the settings. `hello` is the name with which this server introduces itself; `egress` is None for the
    /// operator's own mail server, which may be anywhere.
    pub fn of(settings: &Smtp, hello: &str, egress: Option<Egress>) -> Result<Self, DeliveryError> {
        let tls = || {
            let mut parameters = TlsParameters::builder(settings.host.clone());
            if let Some(file) = &settings.trust {
                let root = Certificate::from_pem(&std::fs::read(file)?).map_err(DeliveryError::Unreachable)?;
                parameters = parameters.add_root_certificate(root);
            }
            parameters.build().map_err(DeliveryError::Unreachable)
        };
        let (tls, port) = match settings.security {
            SmtpSecurity::None => (None, 25),
            SmtpSecurity::StartTls => (Some((tls()?, false)), 587),
            SmtpSecurity::Tls => (Some((tls()?, true)), 465),
        };
        let credentials = settings.user.clone().zip(settings.password.clone());
        Ok(Self {
            host: settings.host.clone(),
            port: settings.port.unwrap_or(port),
            tls,
            hello: ClientId::Domain(hello.to_owned()),
            credentials: credentials.map(|(user, password)| Credentials::new(user, password)),
            is_operators: egress.is_none(),
            egress: egress.unwrap_or_else(Egress::anywhere),
            kept: Mutex::default(),
        })
    }

    /// Sends a mail once. Returns the mail server's words of acceptance, if they may be repeated.
    pub async fn send(&self, message: &Message) -> Result<String, DeliveryError> {
        let mut kept = self.kept.lock().await;
        let mut connection = match self.still_open(kept.take()).await {
            Some(connection) => connection,
            None => self.open().await?,
        };
        let is_quoted = self.is_operators || connection.is_encrypted();
        let bytes = message.formatted();
        let sending = connection.send(message.envelope(), &bytes);
        let response = timeout(SENDING, sending).await.map_err(|_| self.in_time())?;
        let response = response.map_err(|error| match sorted(error) {
            error if is_quoted => error,
            DeliveryError::Later(_) => DeliveryError::UnquotedLater,
            DeliveryError::Refused(_) => DeliveryError::UnquotedRefused,
            DeliveryError::Unreachable(error) => self.unquoted(&error),
            error => error,
        })?;
        *kept = Some(connection);
        Ok(if is_quoted { words(&response) } else { String::new() })
    }

    /// Ends the connection that was kept for a next mail.
    pub async fn hang_up(&self) {
        if let Some(mut connection) = self.kept.lock().await.take()
            && !timeout(CONNECTING, connection.quit()).await.is_ok_and(|said| said.is_ok())
        {
            tracing::debug!("a mail server did not take leave");
        }
    }

    async fn still_open(&self, kept: Option<AsyncSmtpConnection>) -> Option<AsyncSmtpConnection> {
        let mut connection = kept?;
        timeout(CONNECTING, connection.test_connected()).await.is_ok_and(|is_open| is_open).then_some(connection)
    }

    async fn open(&self) -> Result<AsyncSmtpConnection, DeliveryError> {
        timeout(OPENING, self.converse()).await.map_err(|_| self.in_time())?
    }

    /// Connects, encrypts and logs in.
    async fn converse(&self) -> Result<AsyncSmtpConnection, DeliveryError> {
        let addresses = self.egress.addresses(&self.host, self.port).await.map_err(|error| self.unreached(error))?;
        let early = |error| if self.is_operators { sorted(error) } else { self.unquoted(&error) };
        let at_once = self.tls.as_ref().filter(|(_, at_once)| *at_once).map(|(tls, _)| tls.clone());
        // These are the addresses that were judged; the name is only for the certificate.
        let connecting =
            AsyncSmtpConnection::connect_tokio1(addresses.as_slice(), Some(CONNECTING), &self.hello, at_once, None);
        let mut connection = connecting.await.map_err(early)?;
        if let Some((tls, false)) = &self.tls {
            connection.starttls(tls.clone(), &self.hello).await.map_err(early)?;
        }
        if let Some(credentials) = &self.credentials {
            let login = connection.auth(&[Mechanism::Plain, Mechanism::Login], credentials).await;
            let is_quoted = self.is_operators || connection.is_encrypted();
            login.map_err(|error| if is_quoted { sorted(error) } else { self.unquoted(&error) })?;
        }
        Ok(connection)
    }

    /// Returns the error of a conversation whose words are repeated to nobody but the operator.
    fn unquoted(&self, error: &lettre::transport::smtp::Error) -> DeliveryError {
        tracing::info!(host = ?self.host, port = self.port, why = ?whole(error), "a firm's mail server is not reached");
        DeliveryError::NotReached
    }

    fn unreached(&self, error: EgressError) -> DeliveryError {
        if self.is_operators {
            return DeliveryError::Egress(error);
        }
        tracing::info!(host = ?self.host, port = self.port, why = ?error.to_string(), "a firm's mail server is not reached");
        DeliveryError::NotReached
    }

    fn in_time(&self) -> DeliveryError {
        self.unreached(EgressError::TimedOut { host: self.host.clone() })
    }
}

fn words(response: &Response) -> String {
    let words: Vec<_> = response.message().collect();
    format!("{} {}", response.code(), words.join(" "))
}
