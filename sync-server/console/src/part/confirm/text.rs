//! The texts of the question for a passkey.

ui::texts! {
    /// Texts of the question for a passkey.
    Confirm {
        title: "Bevestig met uw passkey", "Confirm with your passkey";
        lead: "Zo weten we zeker dat u het bent. Daarna gaat het verder waar u was.",
            "So that we know that it is you. Then it goes on where you were.";
        button: "Bevestig met passkey", "Confirm with passkey";
        kept: "Wat u heeft ingevuld, blijft bewaard.", "What you filled in is kept.";
        by_hand: "Daarna komt u terug op de vorige pagina. Druk daar nog eens op de knop.",
            "Then you come back to the page before. Press the button there once more.";
        back: "Terug naar het kantoor", "Back to the console";
    }
}
