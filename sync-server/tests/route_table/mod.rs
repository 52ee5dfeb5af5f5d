//! Who may use which route.

/// Who may use a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum For {
    /// Whoever asks, also without a login.
    Anybody,
    /// Whoever is logged in.
    SignedIn,
    /// The people of the client in the address, also those who only read.
    OwnClient,
    /// Of those the ones who fill in.
    OwnClientToFill,
    /// Whoever has some part in an upload; a made-up one exists for nobody.
    OwnUpload,
    /// The firm's people.
    Console,
    /// Of those the ones who change things.
    ConsoleToChange,
    /// Of those the administrators.
    Administrator,
}

use For::{Administrator, Anybody, Console, ConsoleToChange, OwnClient, OwnClientToFill, OwnUpload, SignedIn};

#[rustfmt::skip]
pub const TABLE: &[(&str, &str, For)] = &[
    ("get", "/healthz", Anybody),
    ("get", "/readyz", Anybody),
    ("post", "/api/invitation", Anybody),
    ("post", "/api/invitation/again", Anybody),
    ("post", "/api/invitation/join", Anybody),
    ("post", "/api/invitation/mail", Anybody),
    ("post", "/api/invitation/not-me", Anybody),
    ("post", "/api/alarm", Anybody),
    ("post", "/api/registration/start", Anybody),
    ("post", "/api/registration/finish", Anybody),
    ("post", "/api/login/start", Anybody),
    ("post", "/api/login/finish", Anybody),
    ("post", "/api/setup", Anybody),
    ("post", "/api/logout", Anybody),
    ("get", "/api/me", SignedIn),
    ("get", "/api/keyring", SignedIn),
    ("post", "/api/keyring/passkeys/start", SignedIn),
    ("post", "/api/keyring/passkeys/finish", SignedIn),
    ("post", "/api/keyring/passkeys/rename", SignedIn),
    ("post", "/api/keyring/passkeys/revoke", SignedIn),
    ("post", "/api/keyring/devices/rename", SignedIn),
    ("post", "/api/keyring/devices/revoke", SignedIn),
    ("get", "/sync", SignedIn),
    ("post", "/api/clients/{client}/uploads", OwnClientToFill),
    ("options", "/api/clients/{client}/uploads", Anybody),
    ("get", "/api/uploads/{upload}", Anybody),
    ("head", "/api/uploads/{upload}", OwnUpload),
    ("patch", "/api/uploads/{upload}", OwnUpload),
    ("delete", "/api/uploads/{upload}", OwnUpload),
    ("options", "/api/uploads/{upload}", Anybody),
    ("get", "/api/clients/{client}/files/{hash}", OwnClient),
    ("get", "/api/clients/{client}/years/{year}/evidence/{approval}", OwnClient),
    ("get", "/dev/mailbox", Anybody),
    ("get", "/dev/mailbox.json", Anybody),
    ("get", "/dev/mailbox/{id}", Anybody),
    ("get", "/dev/mailbox/{id}/html", Anybody),
    ("get", "/kantoor", Console),
    ("get", "/kantoor/begin", Anybody),
    ("get", "/kantoor/welkom", Anybody),
    ("get", "/kantoor/inloggen", Anybody),
    ("post", "/kantoor/uitloggen", Anybody),
    ("get", "/dit-was-ik-niet", Anybody),
    ("get", "/kantoor/zoek", Console),
    ("get", "/kantoor/klanten", Console),
    ("get", "/kantoor/klanten/klanten.csv", Console),
    ("get", "/kantoor/klanten/nieuw", ConsoleToChange),
    ("post", "/kantoor/klanten/nieuw", ConsoleToChange),
    ("get", "/kantoor/klanten/{number}/{year}", Console),
    ("get", "/kantoor/klanten/{number}/{year}/nieuws", Console),
    ("post", "/kantoor/klanten/{number}/{year}/openen", ConsoleToChange),
    ("post", "/kantoor/klanten/{number}/{year}/uitnodigen", ConsoleToChange),
    ("get", "/kantoor/klanten/{number}/{year}/personen/{person}", Console),
    ("post", "/kantoor/klanten/{number}/{year}/personen/{person}", ConsoleToChange),
    ("post", "/kantoor/klanten/{number}/{year}/checklist", ConsoleToChange),
    ("get", "/kantoor/klanten/{number}/{year}/checklist/{checklist}/antwoorden/{form}", Console),
    ("post", "/kantoor/klanten/{number}/{year}/checklist/{checklist}/beoordelen", ConsoleToChange),
    ("post", "/kantoor/klanten/{number}/{year}/checklist/{checklist}/heropenen", ConsoleToChange),
    ("post", "/kantoor/klanten/{number}/{year}/documenten", ConsoleToChange),
    ("post", "/kantoor/klanten/{number}/{year}/bericht", ConsoleToChange),
    ("get", "/kantoor/klanten/{number}/{year}/berichten", Console),
    ("post", "/kantoor/klanten/{number}/{year}/berichten/gelezen", ConsoleToChange),
    ("post", "/kantoor/klanten/{number}/{year}/wijzigingen/{proposal}", ConsoleToChange),
    ("post", "/kantoor/klanten/{number}/{year}/gegevens/{person}", ConsoleToChange),
    ("post", "/kantoor/klanten/{number}/{year}/akkoord/besluit/{approval}", ConsoleToChange),
    ("post", "/kantoor/klanten/{number}/{year}/akkoord/{revision}/papier/{person}", ConsoleToChange),
    ("post", "/kantoor/klanten/{number}/{year}/taken/{task}/sluiten", ConsoleToChange),
    ("get", "/kantoor/klanten/{number}/{year}/akkoord", Console),
    ("post", "/kantoor/klanten/{number}/{year}/akkoord", ConsoleToChange),
    ("post", "/kantoor/klanten/{number}/{year}/akkoord/{revision}/verstuurd", ConsoleToChange),
    ("get", "/kantoor/klanten/{number}/{year}/akkoord/bewijs/{file}", Console),
    ("get", "/kantoor/klanten/{number}/{year}/archief", Console),
    ("post", "/kantoor/klanten/{number}/{year}/archief", ConsoleToChange),
    ("post", "/kantoor/klanten/{number}/{year}/stukken/{attachment}", ConsoleToChange),
    ("get", "/kantoor/portaal", Console),
    ("post", "/kantoor/portaal", Administrator),
];
