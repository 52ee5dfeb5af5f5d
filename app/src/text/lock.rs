//! Texts of the device's lock.

ui::texts! {
    /// Texts of a locked device's screen and of the lock's settings.
    Lock {
        title: "Akkoord is vergrendeld", "Akkoord is locked";
        lead: "Uw gegevens op dit apparaat zijn versleuteld. Open ze met uw passkey. Dat kan ook zonder internet.",
            "Your data on this device are encrypted. Open them with your passkey. This also works without internet.";
        button: "Ontgrendel met passkey", "Unlock with passkey";
        busy: "Ontgrendelen…", "Unlocking…";
        cancelled: "Het slot zit er nog op. Druk nog eens op de knop als u zover bent.",
            "It is still locked. Press the button again when you are ready.";
        does_not_fit: "Deze passkey opent dit apparaat niet meer. Log in met internet. Wat u nog niet had verstuurd blijft bewaard.",
            "This passkey no longer opens this device. Log in with internet. What you had not sent yet is kept.";
        log_in: "Log opnieuw in", "Log in again";
        section: "Vergrendelen", "Locking";
        explained: "Als u Akkoord een tijd niet gebruikt, gaat dit apparaat op slot. U opent het weer met uw passkey.",
            "When you have not used Akkoord for a while, this device locks. You open it again with your passkey.";
        after: "Op slot na", "Lock after";
        quarter: "15 minuten", "15 minutes";
        hour: "1 uur", "1 hour";
        day: "8 uur", "8 hours";
        now: "Vergrendel nu", "Lock now";
    }
}
