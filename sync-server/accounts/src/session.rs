//! Sessions: an opaque random token in a cookie, of which the database knows only the
//! hash. Also the extractors that tell handlers who sends a request.

use super::{
    bucket::Kind,
    caller::Caller,
    login_log,
    parts::{Accounts, Change},
};
use crate::error::{Refusal, ServerError};
use axum::{
    extract::{FromRef, FromRequestParts, MatchedPath, State},
    http::{HeaderMap, HeaderName, Method, header, request::Parts},
    response::{AppendHeaders, IntoResponse, Redirect, Response},
};
use axum_extra::extract::CookieJar;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use model::{hash::hash_of, id::*, time::Timestamp};
use std::fmt::Display;
use storage::{
    clock::random,
    db::{Advisor, Db, DbError, DeviceRow, KeysOf, Query, SessionRow, Tx},
};

/// The session's cookie. `__Host-` binds it to this host and all its paths.
pub const SESSION_COOKIE: &str = "__Host-sid";
/// The cookie that remembers, after the session, which device a browser is for each person who logs in
/// on it. It is no secret: it only selects one of the account's own devices.
pub const DEVICE_COOKIE: &str = "__Host-device";
/// The maximum number of people for whom one browser is remembered.
const MOST_DEVICES: usize = 6;

const DAY: i64 = 24 * 3600;
/// The time without use after which a session ends.
const IDLE: i64 = 30 * DAY;
/// The time after which a session ends even if it is used.
const ABSOLUTE: i64 = 180 * DAY;
/// The longest time for which browsers keep a cookie.
const DEVICE_REMEMBERED: i64 = 400 * DAY;
/// The time without use after which the console asks for the passkey again: it shows the data of all clients.
const CONSOLE_IDLE: i64 = 12 * 3600;
/// The number of sessions of one login. A further one ends the one that was used longest ago.
const MOST_SESSIONS: u32 = 20;
/// The time for which a login, or a passkey that was shown, counts as fresh.
const FRESH: i64 = 10 * 60;
/// The shortest time between two records of a session's use.
const TOUCH: i64 = 60;
/// The number of bytes that a body counts as that does not say how long it is.
const UNKNOWN_LENGTH: u64 = 1024 * 1024;

/// Extracts the account of a valid session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SignedIn {
    pub account: AccountId,
    pub device: DeviceId,
    /// The BLAKE3 hash of the session's token. It identifies the session and gives no access.
    pub session: [u8; 32],
}

/// Extracts the account of a session in which a passkey was shown a moment ago. What changes a way in takes it: somebody
/// who finds an open session must not be able to make one of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fresh(pub SignedIn);

/// Extracts the advisor of a valid session that was used in the console not long ago. Without one, a page redirects to
/// the login page.
#[derive(Debug, Clone)]
pub struct InConsole(pub Advisor);

impl<S> FromRequestParts<S> for SignedIn
where
    Accounts: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = ServerError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ServerError> {
        let accounts = Accounts::from_ref(state);
        let token_hash = cookie_hash(&parts.headers).ok_or(Refusal::NotSignedIn)?;
        let now = accounts.clock.now();
        let row = accounts.db.read(|q| live(q, &token_hash, now))?.ok_or(Refusal::NotSignedIn)?;
        spend(&accounts, parts, row.account, now)?;
        if row.last_used_at.plus_seconds(TOUCH) <= now {
            touched(accounts.db.write(move |tx| tx.touch_session(&row.token_hash, row.device, now)).await)?;
        }
        Caller::tell(&parts.extensions, row.account);
        Ok(Self { account: row.account, device: row.device, session: row.token_hash })
    }
}

/// A request that was counted already, because several extractors ask who sends it.
#[derive(Clone, Copy)]
struct Counted;

/// Counts a request among those of its login, and refuses it if the login asks for too much.
fn spend(accounts: &Accounts, parts: &mut Parts, account: AccountId, now: Timestamp) -> Result<(), Refusal> {
    if parts.extensions.insert(Counted).is_some() {
        return Ok(());
    }
    let route = parts.extensions.get::<MatchedPath>().map_or("", MatchedPath::as_str);
    let length = parts.headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse().ok());
    // A body of unknown length counts as much as a piece of a file.
    let length =
        length.unwrap_or(if parts.headers.contains_key(header::TRANSFER_ENCODING) { UNKNOWN_LENGTH } else { 0 });
    if accounts.buckets.admits(account, Kind::of(&parts.method, route), length, now) {
        Ok(())
    } else {
        Err(Refusal::TooManyRequests)
    }
}

impl<S> FromRequestParts<S> for InConsole
where
    Accounts: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Response> {
        let signed_in = match SignedIn::from_request_parts(parts, state).await {
            Err(ServerError::Refused(Refusal::NotSignedIn)) if parts.method == Method::GET => {
                return Err(Redirect::to("/kantoor/inloggen").into_response());
            }
            result => result.map_err(IntoResponse::into_response)?,
        };
        let of_console = in_console(&Accounts::from_ref(state), &signed_in, &parts.headers).await;
        of_console.map(Self).map_err(IntoResponse::into_response)
    }
}

async fn in_console(accounts: &Accounts, signed_in: &SignedIn, headers: &HeaderMap) -> Result<Advisor, ServerError> {
    let (session, now) = (signed_in.session, accounts.clock.now());
    let (advisor, row) =
        accounts.db.read::<_, DbError>(|q| Ok((q.advisor_of_account(signed_in.account)?, q.session(&session)?)))?;
    let (advisor, row) = (advisor.ok_or(Refusal::NotAllowed)?, row.ok_or(Refusal::NotSignedIn)?);
    if row.console_used_at.plus_seconds(CONSOLE_IDLE) <= now {
        return Err(Refusal::ProveAgain.into());
    }
    // A page that is open asks for news by itself, which is no use of it.
    let by_itself = headers.get(header::ACCEPT).is_some_and(|accept| accept == "text/event-stream");
    if !by_itself && row.console_used_at.plus_seconds(TOUCH) <= now {
        touched(accounts.db.write(move |tx| tx.touch_console(&session, now)).await)?;
    }
    Ok(advisor)
}

/// Returns the result of writing down the use of a session. Who only reads goes on when nothing can be written, as on a
/// full disk.
fn touched(written: Result<(), DbError>) -> Result<(), DbError> {
    match written {
        Err(error @ (DbError::DiskFull | DbError::NotCommitted(_))) => {
            tracing::warn!(%error, "the use of a session is not written down");
            Ok(())
        }
        written => written,
    }
}

impl<S> FromRequestParts<S> for Fresh
where
    Accounts: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = ServerError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ServerError> {
        let signed_in = SignedIn::from_request_parts(parts, state).await?;
        require_fresh(&Accounts::from_ref(state), &signed_in)?;
        Ok(Self(signed_in))
    }
}

/// Refuses unless the login happened, or its passkey was shown, a moment ago.
pub fn require_fresh(accounts: &Accounts, signed_in: &SignedIn) -> Result<(), ServerError> {
    let session = accounts.db.read::<_, DbError>(|q| q.session(&signed_in.session))?.ok_or(Refusal::NotSignedIn)?;
    if accounts.clock.now() < session.proven_at.plus_seconds(FRESH) { Ok(()) } else { Err(Refusal::ProveAgain.into()) }
}

/// Returns true if a session can still be used, for a socket that stays open.
pub fn is_live(db: &Db, session: &[u8; 32], now: Timestamp) -> Result<bool, DbError> {
    db.read(|q| Ok(live(q, session, now)?.is_some()))
}

fn live(q: &Query<'_>, token_hash: &[u8; 32], now: Timestamp) -> Result<Option<SessionRow>, DbError> {
    Ok(q.session(token_hash)?.filter(|s| now < s.expires_at && now < s.last_used_at.plus_seconds(IDLE)))
}

fn cookie_hash(headers: &HeaderMap) -> Option<[u8; 32]> {
    let jar = CookieJar::from_headers(headers);
    Some(hash_of(jar.get(SESSION_COOKIE)?.value()))
}

/// Returns 256 random bits as 43 letters, digits, hyphens and underscores.
pub fn new_token() -> String {
    URL_SAFE_NO_PAD.encode(random::<32>())
}

/// Headers that set cookies, or take away what they were for.
pub type SetCookies<const N: usize> = AppendHeaders<[(HeaderName, String); N]>;

/// A new session, with its cookies.
pub struct NewSession {
    token: String,
    device: DeviceId,
    /// The devices that this browser was for those who logged in on it, the latest first.
    known: Vec<DeviceId>,
    device_name: String,
    replaces: Option<[u8; 32]>,
}

impl NewSession {
    /// Reads from the request what the new session has to know: which devices
    /// this browser was, and which session it had.
    pub fn from_headers(headers: &HeaderMap) -> Self {
        let jar = CookieJar::from_headers(headers);
        let known = jar.get(DEVICE_COOKIE).map(|cookie| cookie.value().split('.').take(MOST_DEVICES));
        Self {
            token: new_token(),
            device: DeviceId::from_random(random()),
            known: known.into_iter().flatten().filter_map(|id| id.parse().ok()).collect(),
            device_name: device_name(headers),
            replaces: jar.get(SESSION_COOKIE).map(|cookie| hash_of(cookie.value())),
        }
    }

    /// Returns the name of the device, such as `Chrome, Android`.
    pub fn device_name(&self) -> &str {
        &self.device_name
    }

    /// Writes the session, and the device if it is new to the account. Returns true
    /// if the device is new.
    pub fn write(&mut self, tx: &Tx<'_>, account: AccountId, now: Timestamp) -> Result<bool, DbError> {
        // If two people share a browser, each has a device of their own in it.
        let devices = self.known.iter().map(|id| tx.device(*id)).collect::<Result<Vec<_>, _>>()?;
        let own = devices.into_iter().flatten().find(|d| d.account == account && d.revoked_at.is_none());
        let known = own.is_some();
        if let Some(own) = own {
            self.device = own.id;
        }
        self.known.retain(|id| *id != self.device);
        self.known.insert(0, self.device);
        self.known.truncate(MOST_DEVICES);
        if !known {
            tx.add_device(&DeviceRow {
                id: self.device,
                account,
                name: self.device_name.clone(),
                created_at: now,
                last_seen_at: now,
                revoked_at: None,
            })?;
        }
        if let Some(replaced) = &self.replaces {
            tx.remove_session(replaced)?;
        }
        tx.sweep_sessions(now, now.plus_seconds(-IDLE))?;
        let token_hash = hash_of(&self.token);
        tx.add_session(&SessionRow {
            token_hash,
            account,
            device: self.device,
            created_at: now,
            last_used_at: now,
            expires_at: now.plus_seconds(ABSOLUTE),
            proven_at: now,
            console_used_at: now,
        })?;
        tx.end_sessions_beside(account, &token_hash, MOST_SESSIONS)?;
        tx.touch_session(&token_hash, self.device, now)?;
        Ok(!known)
    }

    /// Returns the device, after [`NewSession::write`].
    pub fn device(&self) -> DeviceId {
        self.device
    }

    /// Returns the account with its session, after [`NewSession::write`].
    pub fn signed_in(&self, account: AccountId) -> SignedIn {
        SignedIn { account, device: self.device, session: hash_of(&self.token) }
    }

    /// Returns the cookies, to be set after the commit.
    pub fn cookies(&self) -> SetCookies<2> {
        AppendHeaders([
            cookie(SESSION_COOKIE, &self.token, ABSOLUTE),
            cookie(
                DEVICE_COOKIE,
                self.known.iter().map(DeviceId::to_string).collect::<Vec<_>>().join("."),
                DEVICE_REMEMBERED,
            ),
        ])
    }
}

fn cookie(name: &str, value: impl Display, seconds: i64) -> (HeaderName, String) {
    (header::SET_COOKIE, format!("{name}={value}; Max-Age={seconds}; Path=/; Secure; HttpOnly; SameSite=Lax"))
}

/// Returns browser and system in a few words, so that people can tell their devices apart.
pub(super) fn device_name(headers: &HeaderMap) -> String {
    let agent = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let first =
        |names: &[(&str, &'static str)]| names.iter().find(|(part, _)| agent.contains(part)).map(|(_, name)| *name);
    // The order matters, because Edge also calls itself Chrome, and Chrome also calls itself Safari.
    let browser = first(&[
        ("Edg/", "Edge"),
        ("OPR/", "Opera"),
        ("SamsungBrowser/", "Samsung Internet"),
        ("Firefox/", "Firefox"),
        ("FxiOS/", "Firefox"),
        ("CriOS/", "Chrome"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ]);
    let system = first(&[
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS X", "Mac"),
        ("CrOS", "Chromebook"),
        ("Linux", "Linux"),
    ]);
    match (browser, system) {
        (Some(browser), Some(system)) => format!("{browser}, {system}"),
        (Some(name), None) | (None, Some(name)) => name.to_owned(),
        (None, None) => "Akkoord".to_owned(),
    }
}

/// Returns the headers that end a session in a browser. Pages that it kept for its back button go too. What the app
/// stores is not touched: it seals or removes that itself, and never what was not sent.
pub(super) fn no_session() -> SetCookies<2> {
    let pages = (HeaderName::from_static("clear-site-data"), "\"cache\"".to_owned());
    AppendHeaders([cookie(SESSION_COOKIE, "", 0), pages])
}

/// Handles `POST /api/logout`. Without a session it does nothing. The
/// device stays known, because what is stored on it stays its owner's.
pub async fn log_out(State(accounts): State<Accounts>, headers: HeaderMap) -> Result<SetCookies<2>, ServerError> {
    if let Some(token_hash) = cookie_hash(&headers) {
        let (session, now) = (accounts.db.read::<_, DbError>(|q| q.session(&token_hash))?, accounts.clock.now());
        let login = session.map(|s| (s.account, s.device));
        let is_written = login.is_some_and(|(account, _)| accounts.logged_logins.check(account, now).is_ok());
        accounts
            .db
            .write::<_, DbError>(move |tx| {
                if let Some((account, device)) = login {
                    // The device's keys are revoked, because the app has deleted them.
                    tx.revoke_device_keys(KeysOf::Device(device), now)?;
                    if is_written {
                        login_log::logged_out(tx, account, device, now)?;
                    }
                }
                tx.remove_session(&token_hash)
            })
            .await?;
        // The sockets of other tabs have to end too.
        if let Some((account, _)) = login {
            accounts.tell(Change::Recheck(account)).await;
        }
    }
    Ok(no_session())
}
