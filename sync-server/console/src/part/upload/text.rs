//! The texts about a file that was chosen in a form.

ui::texts! {
    /// Texts about a file that was chosen in a form.
    Upload {
        file_no_pdf: "Dit is geen pdf. Kies de pdf uit uw aangiftesoftware.", "This is no PDF. Choose the PDF that your tax software made.";
        file_again: "Kies het bestand nog een keer: een browser onthoudt dat niet.", "Choose the file once more: a browser does not remember it.";
        file_wrong: "Kies een PDF of foto.", "Choose a PDF or a photo.";
    }
}
