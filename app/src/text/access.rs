//! Texts about passkeys.

ui::texts! {
    /// Texts of every screen that asks for a passkey.
    Passkey {
        cancelled_create: "U heeft nog geen passkey gemaakt. Druk nog eens op de knop als u zover bent.",
            "You have not made a passkey yet. Press the button again when you are ready.";
        cancelled_sign: "U heeft nog niet getekend. Er is niets verstuurd.", "You have not signed yet. Nothing was sent.";
        unsupported: "Deze browser kan geen passkeys gebruiken. Open de app in Safari, Chrome, Edge of Firefox, of op uw telefoon.",
            "This browser cannot use passkeys. Open the app in Safari, Chrome, Edge or Firefox, or on your phone.";
        not_done: "Dat lukte niet. Er is niets veranderd. Probeer het zo opnieuw.",
            "That did not work. Nothing has changed. Try again in a moment.";
        failed: "De passkey werkte niet. Probeer het opnieuw, of gebruik een ander apparaat.",
            "The passkey did not work. Try again, or use another device.";
    }
}
