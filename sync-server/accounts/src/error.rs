//! What can go wrong with a request: a refusal, which has a sentence
//! for the public in both languages, or a private cause that is logged once
//! and never shown.

use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use inspect::{InspectError, Refused};
use model::{
    api::PublicError,
    language::{Bilingual, Language},
};
use std::io::ErrorKind;
use storage::{attachment::StoreError, db::DbError};

macro_rules! refusals {
    ($($(#[$doc:meta])* $name:ident $code:literal $status:ident $nl:literal $en:literal;)*) => {
        /// The refusals that the public may see.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Refusal {
            $($(#[$doc])* $name,)*
        }

        impl Refusal {
            /// All refusals.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// Returns the word for programs.
            pub fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }

            /// Returns the status of the response.
            pub fn status(self) -> StatusCode {
                match self { $(Self::$name => StatusCode::$status,)* }
            }

            /// Returns the sentence for people.
            pub fn sentence(self, language: Language) -> &'static str {
                match (self, language) { $(
                    (Self::$name, Language::Nl) => $nl,
                    (Self::$name, Language::En) => $en,
                )* }
            }
        }
    };
}

refusals! {
    InvitationUnknown "invitation_unknown" NOT_FOUND
        "Deze link kennen wij niet. Open de link uit de nieuwste mail, of bel uw adviseur."
        "We do not know this link. Open the link in the newest mail, or phone your advisor.";
    InvitationUsed "invitation_used" GONE
        "Deze link is al gebruikt. Log in met uw passkey. Was u dat niet? Bel dan uw adviseur."
        "This link has been used already. Log in with your passkey. Was that not you? Then phone your advisor.";
    InvitationExpired "invitation_expired" GONE
        "Deze link is verlopen. Uw adviseur kan u een nieuwe sturen."
        "This link has expired. Your advisor can send you a new one.";
    InvitationVoided "invitation_voided" GONE
        "Er is een nieuwere link naar u gestuurd. Gebruik de link uit de nieuwste mail."
        "A newer link was sent to you. Use the link in the newest mail.";
    InvitationWithdrawn "invitation_withdrawn" GONE
        "Deze uitnodiging is ingetrokken. Bel uw adviseur als u toch toegang nodig heeft."
        "This invitation was withdrawn. Phone your advisor if you do need access.";
    CodeWrong "code_wrong" FORBIDDEN
        "Deze code klopt niet. Controleer hem, of vraag uw adviseur om de code."
        "This code is not right. Check it, or ask your advisor for the code.";
    CodeSpent "code_spent" GONE
        "De code is te vaak verkeerd ingevuld. Deze link werkt niet meer. Bel uw adviseur voor een nieuwe."
        "The code was wrong too often. This link no longer works. Phone your advisor for a new one.";
    CodeExpired "code_expired" GONE
        "Deze code is verlopen: hij werkt een dag. Bel uw adviseur voor een nieuwe."
        "This code has expired: it works for a day. Phone your advisor for a new one.";
    MailCodeExpired "mail_code_expired" GONE
        "Deze code is verlopen: hij werkt tien minuten. Wij mailen u een nieuwe."
        "This code has expired: it works for ten minutes. We mail you a new one.";
    MailCodesSpent "mail_codes_spent" CONFLICT
        "Met deze link kan geen ander mailadres meer worden bevestigd. Gebruik het adres waarop u de link kreeg, of bel uw adviseur."
        "This link can no longer confirm another mail address. Use the address at which you got the link, or phone your advisor.";
    AlreadyMember "already_member" CONFLICT
        "Deze passkey hoort al bij iemand anders in dit dossier. Maak een eigen passkey."
        "This passkey belongs to somebody else in this dossier. Make a passkey of your own.";
    LastPasskey "last_passkey" CONFLICT
        "Dit is uw laatste passkey. Maak eerst een nieuwe, anders kunt u niet meer inloggen."
        "This is your last passkey. Make a new one first, or you can no longer log in.";
    ProveAgain "prove_again" FORBIDDEN
        "Bevestig eerst met uw passkey dat u het bent."
        "Confirm with your passkey first that it is you.";
    WaysInSpent "ways_in_spent" TOO_MANY_REQUESTS
        "Vandaag kwamen er te veel apparaten of passkeys bij. Gebruik een apparaat dat u al had, of probeer het morgen opnieuw."
        "Too many devices or passkeys were added today. Use a device that you had already, or try again tomorrow.";
    AlarmOver "alarm_over" GONE
        "Deze link is al gebruikt of verlopen. Bel uw adviseur als u iets niet vertrouwt."
        "This link has been used or has expired. Phone your advisor if there is something you do not trust.";
    UserNameTaken "user_name_taken" CONFLICT
        "Deze gebruikersnaam is al in gebruik. Kies een andere."
        "This user name is taken. Choose another one.";
    UserNameMalformed "user_name_malformed" BAD_REQUEST
        "Een gebruikersnaam heeft 3 tot 40 tekens: letters, cijfers, punt, streepje of laag streepje."
        "A user name has 3 to 40 characters: letters, digits, full stop, hyphen or underscore.";
    MailDiffers "mail_differs" BAD_REQUEST
        "Dit is een ander mailadres dan waar de uitnodiging naartoe is gestuurd. Vul de code in die wij naar het nieuwe adres mailen."
        "This is another mail address than the one the invitation was sent to. Fill in the code that we mail to the new address.";
    CeremonyUnknown "ceremony_unknown" GONE
        "Het maken of gebruiken van de passkey duurde te lang. Probeer het opnieuw."
        "Making or using the passkey took too long. Please try again.";
    PasskeyRefused "passkey_refused" BAD_REQUEST
        "De passkey kon niet worden gecontroleerd. Probeer het opnieuw."
        "The passkey could not be verified. Please try again.";
    PasskeyUnknown "passkey_unknown" UNAUTHORIZED
        "Met deze passkey komt u er niet in. Misschien is hij ingetrokken. Kies een andere, of bel uw adviseur."
        "This passkey does not let you in. It may have been revoked. Choose another one, or phone your advisor.";
    NotSignedIn "not_signed_in" UNAUTHORIZED
        "U bent niet ingelogd. Log in met uw passkey. Wat u heeft ingevuld, blijft bewaard op dit apparaat."
        "You are not logged in. Log in with your passkey. What you filled in is kept on this device.";
    NotAllowed "not_allowed" FORBIDDEN
        "U heeft hier geen toegang toe."
        "You have no access to this.";
    AccessBlocked "access_blocked" FORBIDDEN
        "Uw kantoor heeft uw toegang geblokkeerd. Bel uw adviseur. Wat u op dit apparaat heeft ingevuld, blijft bewaard."
        "Your firm has blocked your access. Phone your advisor. What you filled in on this device is kept.";
    NotFound "not_found" NOT_FOUND
        "Dit bestaat niet, of niet meer."
        "This does not exist, or no longer does.";
    Recalled "recalled" GONE
        "Uw kantoor heeft dit teruggehaald. Het wordt niet meer getoond."
        "Your firm took this back. It is not shown any more.";
    TooLarge "too_large" PAYLOAD_TOO_LARGE
        "Dit is te groot om te versturen."
        "This is too large to send.";
    WrongType "wrong_type" UNSUPPORTED_MEDIA_TYPE
        "Dit soort bestand kunnen wij niet aannemen. Stuur een pdf of een foto."
        "We cannot take this kind of file. Send a PDF or a photograph.";
    Malformed "malformed" BAD_REQUEST
        "De server begrijpt dit verzoek niet. Laad de pagina opnieuw en probeer het nog eens."
        "The server does not understand this request. Reload the page and try again.";
    TooManyRequests "too_many_requests" TOO_MANY_REQUESTS
        "Dit is te vaak geprobeerd. Wacht een minuut en probeer het opnieuw."
        "This was tried too often. Wait a minute and try again.";
    TooSlow "too_slow" REQUEST_TIMEOUT
        "De verbinding is te langzaam: niet alles is aangekomen. Probeer het opnieuw."
        "The connection is too slow: not everything arrived. Please try again.";
    ServerFailure "server_failure" INTERNAL_SERVER_ERROR
        "Er ging iets mis bij ons. Er is niets veranderd. Probeer het later opnieuw."
        "Something went wrong on our side. Nothing was changed. Please try again later.";
    YearUnreadable "year_unreadable" INTERNAL_SERVER_ERROR
        "Dit jaar kan nu niet worden gelezen. Er is niets van weg, en andere jaren werken gewoon. Wie de server beheert, vindt de oorzaak in het logboek."
        "This year cannot be read now. Nothing of it is gone, and other years work as usual. Who runs the server finds the cause in its log.";
    NotAnnounced "not_announced" CONFLICT
        "De server weet nog niet van dit bestand. De app vertelt het eerst, en stuurt het daarna."
        "The server does not know of this file yet. The app tells it first, and sends the file afterwards.";
    SetupDone "setup_done" CONFLICT
        "Dit portaal is al ingericht. Log in met uw passkey."
        "This portal has been set up already. Log in with your passkey.";
    SetupUnknown "setup_unknown" NOT_FOUND
        "Deze link klopt niet meer. Start de server opnieuw en open de link die hij dan toont."
        "This link is no longer right. Restart the server and open the link that it shows.";
    OriginRefused "origin_refused" FORBIDDEN
        "Dit verzoek kwam van een andere website en is niet uitgevoerd."
        "This request came from another website and was not carried out.";
    FileEmpty "file_empty" BAD_REQUEST
        "Dit bestand is leeg."
        "This file is empty.";
    FileBroken "file_broken" UNPROCESSABLE_ENTITY
        "Dit bestand kan niet worden geopend. Is het beschadigd of met een wachtwoord beveiligd? Stuur dan een nieuw."
        "This file cannot be opened. Is it damaged or protected by a password? Then send a new one.";
    FileTooComplex "file_too_complex" UNSUPPORTED_MEDIA_TYPE
        "Dit bestand kunnen wij niet veilig openen: het vraagt te veel van de server. Bewaar het opnieuw als pdf, of stuur er een foto van."
        "We cannot open this file safely: it asks too much of the server. Save it as a PDF anew, or send a photograph of it.";
    FilesWait "files_wait" SERVICE_UNAVAILABLE
        "De server bekijkt nu veel bestanden. Uw bestand blijft bewaard. Probeer het over een minuut opnieuw."
        "The server is looking at many files now. Your file is kept. Please try again in a minute.";
    FileDiffers "file_differs" UNPROCESSABLE_ENTITY
        "Het bestand kwam anders aan dan het is verstuurd. Stuur het opnieuw."
        "The file did not arrive as it was sent. Please send it again.";
    OffsetDiffers "offset_differs" CONFLICT
        "De server heeft een ander deel van dit bestand dan verwacht. De app gaat vanzelf verder vanaf de goede plek."
        "The server has another part of this file than expected. The app goes on from the right place by itself.";
    DiskFull "disk_full" INSUFFICIENT_STORAGE
        "De server heeft geen ruimte meer. Wat al is aangekomen, blijft bewaard. Probeer het later opnieuw."
        "The server has no space left. What has arrived is kept. Please try again later.";
    DossierFull "dossier_full" INSUFFICIENT_STORAGE
        "Dit dossier is vol. Wat u stuurt, blijft op dit apparaat en gaat weg zodra er ruimte is. Bel uw adviseur."
        "This dossier is full. What you send stays on this device and leaves once there is room. Phone your advisor.";
    FirmFull "firm_full" INSUFFICIENT_STORAGE
        "Het portaal van uw kantoor is vol. Wat al is aangekomen, blijft bewaard. Bel uw kantoor."
        "The portal of your firm is full. What has arrived is kept. Phone your firm.";
    AlreadySetOut "already_set_out" CONFLICT
        "Deze checklist staat al klaar voor dit jaar."
        "This checklist has been set out for this year already.";
    NotApproved "not_approved" CONFLICT
        "Nog niet iedereen is akkoord met deze versie."
        "Not everybody has approved this revision yet.";
    TextMissing "text_missing" BAD_REQUEST
        "Vul alle velden in."
        "Fill in all fields.";
    MailMalformed "mail_malformed" BAD_REQUEST
        "Dit is geen geldig mailadres."
        "This is not a valid mail address.";
}

impl Refusal {
    /// Returns the sentence in both languages.
    pub fn text(self) -> Bilingual {
        Bilingual::new(self.sentence(Language::Nl), self.sentence(Language::En))
    }

    fn public(self) -> PublicError {
        let text = self.text();
        PublicError { error: self.code().to_owned(), nl: text.nl, en: text.en }
    }
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.code())
    }
}

impl std::error::Error for Refusal {}

/// The reasons why a request was not carried out.
#[derive(Debug, thiserror::Error)]
pub enum ServerError {
    /// A refusal, which the public may see.
    #[error("refused: {0}")]
    Refused(#[from] Refusal),
    #[error(transparent)]
    Db(#[from] DbError),
    #[error("files: {0}")]
    Io(#[from] std::io::Error),
    /// A task was cancelled or panicked.
    #[error("background work: {0}")]
    Join(#[from] tokio::task::JoinError),
    /// Our own failure, in a place where its type does not matter.
    #[error("{0}")]
    Inner(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl ServerError {
    /// Wraps a failure of ours, which is logged and not shown.
    pub fn inner(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Inner(cause.into())
    }

    /// Returns the refusal that the public may see.
    pub fn refusal(&self) -> Refusal {
        match self {
            Self::Refused(refusal) => *refusal,
            Self::Db(DbError::DiskFull) => Refusal::DiskFull,
            Self::Io(error) if matches!(error.kind(), ErrorKind::StorageFull | ErrorKind::QuotaExceeded) => {
                Refusal::DiskFull
            }
            _ => Refusal::ServerFailure,
        }
    }
}

impl From<StoreError> for ServerError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Empty => Refusal::FileEmpty.into(),
            StoreError::TooLarge { .. } => Refusal::TooLarge.into(),
            StoreError::Differs => Refusal::FileDiffers.into(),
            StoreError::WrongOffset { .. } => Refusal::OffsetDiffers.into(),
            StoreError::DiskFull => {
                tracing::error!("the disk is full");
                Refusal::DiskFull.into()
            }
            StoreError::ClientFull => Refusal::DossierFull.into(),
            StoreError::FirmFull => Refusal::FirmFull.into(),
            StoreError::Disk(error) => error.into(),
            StoreError::Db(error) => error.into(),
        }
    }
}

impl From<Refused> for Refusal {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::Empty => Self::FileEmpty,
            Refused::WrongType => Self::WrongType,
            Refused::Broken | Refused::Logo(_) | Refused::Table(_) => Self::FileBroken,
            Refused::TooComplex => Self::FileTooComplex,
        }
    }
}

impl From<InspectError> for ServerError {
    fn from(error: InspectError) -> Self {
        match error {
            InspectError::Refused(refused) => Refusal::from(refused).into(),
            InspectError::Busy | InspectError::NoWorker => Refusal::FilesWait.into(),
            InspectError::Db(error) => error.into(),
        }
    }
}

impl IntoResponse for ServerError {
    /// Answers with JSON, which the router turns into a page if a page was asked for.
    fn into_response(self) -> Response {
        if !matches!(self, Self::Refused(_)) {
            tracing::error!(cause = %self, "a request failed");
        }
        self.refusal().into_response()
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let mut response = (self.status(), Json(self.public())).into_response();
        if matches!(self, Self::TooManyRequests | Self::FilesWait) {
            // The counts are reset each minute, and few files wait longer.
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("60"));
        }
        response.extensions_mut().insert(self);
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_refusal_has_a_word_of_its_own_and_a_sentence_in_both_languages() {
        let codes: HashSet<_> = Refusal::ALL.iter().map(|r| r.code()).collect();
        assert_eq!(codes.len(), Refusal::ALL.len());
        for refusal in Refusal::ALL {
            let text = refusal.text();
            assert!(text.nl.ends_with('.') && text.en.ends_with('.') && text.nl != text.en, "{refusal}");
            assert!(refusal.status().is_client_error() || refusal.status().is_server_error(), "{refusal}");
        }
    }

    #[test]
    fn a_private_cause_is_not_shown() {
        let error = ServerError::from(DbError::given_up("secret"));
        assert_eq!(error.refusal(), Refusal::ServerFailure);
    }

    #[test]
    fn a_full_disk_is_told_as_such_wherever_it_is_met() {
        let full = || std::io::Error::from(ErrorKind::StorageFull);
        for error in [DbError::DiskFull.into(), full().into(), StoreError::from(full()).into()] {
            let error: ServerError = error;
            assert_eq!(error.refusal(), Refusal::DiskFull, "{error}");
        }
    }
}
