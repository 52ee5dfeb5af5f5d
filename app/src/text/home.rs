//! Texts of the frame around every screen, Overzicht, Sturen, Archief and Gegevens.

ui::texts! {
    /// Texts of the frame around every screen.
    Frame {
        skip: "Naar de inhoud", "Skip to content";
        menu: "Hoofdmenu", "Main menu";
        overview: "Overzicht", "Overview";
        send: "Sturen", "Send";
        archive: "Archief", "Archive";
        details: "Gegevens", "Details";
        my_details: "Mijn gegevens,", "My details,";
        back: "Terug", "Back";
        stop: "Stop", "Stop";
        close: "Sluit", "Close";
        to_overview: "Naar overzicht", "To the overview";
        saved: "Bewaard", "Saved";
        all_saved: "Alles bewaard", "All saved";
        saving: "Bewaren…", "Saving…";
        sending: "Versturen…", "Sending…";
        offline: "Offline", "Offline";
        not_saved: "Niet bewaard", "Not saved";
        storage_title: "Bewaren lukt niet op dit apparaat", "This device cannot save";
        storage_body: "De opslag is vol of geblokkeerd. Maak ruimte vrij en houd deze pagina open: wat u heeft ingevuld staat hier nog.",
            "Its storage is full or blocked. Make some room and keep this page open: what you filled in is still here.";
        no_store_title: "Deze browser laat niets bewaren", "This browser does not let us save";
        no_store_body: "Akkoord bewaart uw werk op dit apparaat. Dat lukt niet in een privévenster of als opslag uit staat. Open de app in een gewoon venster.",
            "Akkoord keeps your work on this device. That fails in a private window or when storage is off. Open the app in a normal window.";
        again: "Probeer opnieuw", "Try again";
        sign_in_title: "Log opnieuw in om te versturen", "Log in again to send";
        sign_in_body: "U kunt verder werken. Alles blijft bewaard op dit apparaat.", "You can carry on. Everything is kept on this device.";
        sign_in: "Log in", "Log in";
        update_title: "Er is een nieuwe versie van de app", "There is a new version of the app";
        update_body: "Vernieuw de app om weer te versturen. Er gaat niets verloren.", "Refresh the app to send again. Nothing is lost.";
        update: "Vernieuw", "Refresh";
        waits: "Wacht", "Waiting";
        day_title: "Een deel gaat morgen", "Part of it goes tomorrow";
        day_body: "U heeft vandaag zo veel geschreven als op één dag kan. De rest staat op dit apparaat en gaat morgen vanzelf. Akkoord geven, weigeren en intrekken kan gewoon.",
            "You have written as much today as fits in one day. The rest is on this device and goes tomorrow by itself. Approving, declining and withdrawing work as usual.";
        year_title: "Dit jaar is vol", "This year is full";
        year_body: "In het dossier van dit jaar past niets meer. Wat nog niet is verstuurd, blijft bewaard op dit apparaat. Akkoord geven, weigeren en intrekken kan gewoon. Bel uw adviseur.",
            "No more fits in the file of this year. What has not been sent is kept on this device. Approving, declining and withdrawing work as usual. Phone your advisor.";
        unreadable_title: "Een jaar kan hier niet worden gelezen", "A year cannot be read here";
        unreadable_body: "Wat u schreef, staat nog op dit apparaat. Laad de app opnieuw. Blijft dit zo? Bewaar dan bij Gegevens wat niet is verstuurd, en bel uw adviseur.",
            "What you wrote is still on this device. Reload the app. Does this stay? Then save what was not sent, under Details, and phone your advisor.";
        clock_title: "De klok van dit apparaat loopt niet goed", "The clock of this device is wrong";
        clock_body: "Zet de klok goed. Er gaat niets verloren: wat u schrijft, krijgt zo nodig de tijd van uw kantoor.",
            "Please set the clock. Nothing is lost: what you write gets the time of your firm where needed.";
        reload: "Laad opnieuw", "Reload";
        stopped_title: "De app is gestopt door een fout", "The app stopped because of an error";
        stopped_body: "Wat u schreef en nog niet is verstuurd, staat op dit apparaat. Laad de app opnieuw.",
            "What you wrote and what was not sent yet is on this device. Reload the app.";
        elsewhere_title: "Akkoord is open in een ander tabblad", "Akkoord is open in another tab";
        elsewhere_body: "Ga daar verder, of gebruik de app hier. Er gaat niets verloren.",
            "Carry on there, or use the app here. Nothing is lost.";
        use_here: "Gebruik de app hier", "Use the app here";
        not_found_title: "Deze pagina bestaat niet", "This page does not exist";
        not_found_body: "Misschien is de taak ingetrokken, of klopt het adres niet. Op Overzicht staat alles wat u kunt doen.",
            "The task may have been withdrawn, or the address is wrong. The overview shows all you can do.";
        offline_title: "U kunt gewoon verder", "You can simply carry on";
        offline_body: "U bent offline. Alles wordt bewaard op dit apparaat en wordt verstuurd zodra u weer verbinding heeft.",
            "You are offline. Everything is kept on this device and sent once you are back online.";
        on_device: "Bewaard op dit apparaat", "Saved on this device";
        received_by(firm: &str, when: &str): "Ontvangen door {firm}, {when}", "Received by {firm}, {when}";
        received(firm: &str): "Ontvangen door {firm}", "Received by {firm}";
        paused: "Gepauzeerd", "Paused";
        pause(name: &str): "Pauzeer versturen van {name}", "Pause sending {name}";
        resume(name: &str): "Ga verder met versturen van {name}", "Resume sending {name}";
        sending_part(percent: u64): "Wordt verstuurd, {percent}%", "Being sent, {percent}%";
    }

    /// Texts of the overview, the first screen.
    Home {
        morning(name: &str): "Goedemorgen, {name}", "Good morning, {name}";
        afternoon(name: &str): "Goedemiddag, {name}", "Good afternoon, {name}";
        evening(name: &str): "Goedenavond, {name}", "Good evening, {name}";
        things(n: usize): "Er staat 1 ding voor u klaar." | "Er staan {n} dingen voor u klaar.",
            "One thing is ready for you." | "{n} things are ready for you.";
        nothing(advisor: &str): "U bent helemaal bij. {advisor} laat het weten als er iets is.",
            "You are all caught up. {advisor} will let you know if there is anything.";
        unknown(n: usize): "1 gegeven is alleen te zien met een nieuwere versie van de app. Het blijft bewaard." | "{n} gegevens zijn alleen te zien met een nieuwere versie van de app. Ze blijven bewaard.",
            "1 item can be seen only with a newer version of the app. It is kept." | "{n} items can be seen only with a newer version of the app. They are kept.";
        nothing_yet: "U bent helemaal bij. Uw adviseur laat het weten als er iets is.",
            "You are all caught up. Your advisor will let you know if there is anything.";
        no_access: "U heeft nu geen toegang", "You have no access at present";
        no_access_body: "Bij deze login hoort geen dossier. Had u wel toegang? Dan heeft het kantoor die stopgezet. Klopt dat niet? Bel uw adviseur.",
            "This login has no file. Did you have access? Then the firm has ended it. Is that not right? Phone your advisor.";
        no_access_unsent(n: usize): "1 ding is niet verstuurd. Het blijft op dit apparaat bewaard." | "{n} dingen zijn niet verstuurd. Ze blijven op dit apparaat bewaard.",
            "1 thing was not sent. It is kept on this device." | "{n} things were not sent. They are kept on this device.";
        first_visit: "Uw dossier wordt opgehaald.", "Your file is being fetched.";
        stuck: "Versturen lukt nog niet. We proberen het vanzelf opnieuw. U kunt gewoon verder.",
            "Sending does not work yet. We keep trying by ourselves. You can simply carry on.";
        retry: "Nu proberen", "Try now";
        to_do: "Te doen", "To do";
        approval_asked: "Uw akkoord gevraagd", "Your approval is needed";
        approve_again: "Nieuwe versie", "New version";
        checklist_asked: "Vragenlijst", "Questions";
        documents_asked: "Documenten gevraagd", "Documents needed";
        by(date: &str): "uiterlijk {date}", "by {date}";
        was_due(date: &str): "was voor {date}", "was due {date}";
        return_ready(name: &str, yours: &str): "{name} heeft {yours} klaar. Controleren duurt ongeveer 5 minuten.",
            "{name} has prepared {yours}. Checking takes about 5 minutes.";
        return_new(name: &str): "{name} heeft een nieuwe versie klaargezet. Uw eerdere antwoord gold voor de oude versie.",
            "{name} has prepared a new version. Your earlier answer was for the old one.";
        consent_ready(name: &str): "{name} vraagt u om vaste toestemming.", "{name} asks for your standing consent.";
        see_consent: "Bekijk wat er wordt gevraagd", "See what is asked";
        see_return(yours: &str): "Bekijk {yours}", "See {yours}";
        checklist_ready(name: &str): "{name} heeft vragen voor u klaargezet. U kunt steeds stoppen en later verdergaan.",
            "{name} has questions for you. You can stop and carry on at any time.";
        start_checklist: "Begin met invullen", "Start filling in";
        go_on_checklist: "Ga verder met invullen", "Carry on";
        documents_ready(name: &str): "{name} heeft documenten van u nodig.", "{name} needs documents from you.";
        send_documents: "Stuur documenten", "Send documents";
        payment_asked: "Betalen", "To pay";
        payment_ready(name: &str): "{name} heeft de aangifte verstuurd. Het bedrag betaalt u zelf.", "{name} has filed the return. You pay the amount yourself.";
        see_payment: "Bekijk hoe u betaalt", "See how to pay";
        also_offline: "Kan ook zonder internet", "Also works without internet";
        questions_left(left: usize, all: usize): "Nog {left} van {all} vragen", "{left} of {all} questions left";
        questions_done(done: usize, all: usize): "{done} van {all} vragen beantwoord", "{done} of {all} questions answered";
        all_answered: "Alles ingevuld, nog versturen", "All filled in, still to be sent";
        two_answers: "Twee antwoorden", "Two answers";
        yourself: "Zelf iets sturen", "Send something yourself";
        scan: "Scan met uw camera", "Scan with your camera";
        choose: "Kies een bestand", "Choose a file";
        drop: "Sleep een bestand hierheen", "Drag a file here";
        drop_hint(limit: &str): "PDF of foto, tot {limit}", "PDF or photo, up to {limit}";
        under_way: "Onderweg", "Under way";
        waits: "Wacht op verbinding", "Waiting for a connection";
        answers(n: usize): "1 antwoord in uw checklist" | "{n} antwoorden in uw checklist",
            "1 answer in your checklist" | "{n} answers in your checklist";
        handed_in: "Uw checklist", "Your checklist";
        approval: "Uw akkoord", "Your approval";
        decline: "Uw bericht dat er iets niet klopt", "Your note that something is not right";
        proposal: "Uw wijziging", "Your change";
        message: "Uw bericht", "Your message";
        withdraw(name: &str): "Stop versturen van {name}", "Stop sending {name}";
        progress(name: &str, percent: u64): "{name}, {percent} procent verstuurd", "{name}, {percent} per cent sent";
        season(year: &str): "Uw aangifte {year}", "Your tax return {year}";
        data_received: "Gegevens ontvangen", "Details received";
        data_awaited: "Wacht op uw gegevens", "Waiting for your details";
        return_made: "Aangifte gemaakt", "Tax return prepared";
        return_being_made(name: &str): "{name} maakt uw aangifte", "{name} prepares your tax return";
        return_to_make: "Aangifte maken", "Prepare the tax return";
        awaits_you: "Wacht op uw akkoord", "Waiting for your approval";
        awaits_other(name: &str): "Wacht op akkoord van {name}", "Waiting for {name}’s approval";
        question_being_handled(name: &str): "{name} bekijkt wat er niet klopt", "{name} looks into what is not right";
        approved: "Akkoord gegeven", "Approved";
        approval_later: "Uw akkoord", "Your approval";
        filed: "Verstuurd naar Belastingdienst", "Sent to the tax authority";
        messages: "Berichten", "Messages";
        you: "U", "You";
        advisor: "Uw adviseur", "Your advisor";
        call(name: &str): "Bel {name}", "Call {name}";
        ask(name: &str): "Stel een vraag aan {name}", "Ask {name} a question";
        message_title(name: &str): "Bericht aan {name}", "Message to {name}";
        message_lead(name: &str): "{name} krijgt een mail dat er een bericht is. Het antwoord ziet u hier.",
            "{name} gets a mail that there is a message. You see the answer here.";
        message_label: "Uw bericht", "Your message";
        message_send: "Stuur bericht", "Send message";
        message_empty: "Schrijf eerst uw bericht.", "Write your message first.";
        message_long(n: usize): "Uw bericht is {n} tekens te lang. Maak het korter of stuur het in delen.",
            "Your message is {n} characters too long. Make it shorter or send it in parts.";
    }

    /// Texts of sending documents.
    Send {
        title: "Document sturen", "Send a document";
        lead(limit: &str): "Maak een foto of kies een bestand. PDF, JPG of PNG, tot {limit} per bestand.",
            "Take a photo or choose a file. PDF, JPG or PNG, up to {limit} per file.";
        lead_offline: "U bent offline. Wat u stuurt wordt bewaard op dit apparaat en gaat weg zodra u weer verbinding heeft.",
            "You are offline. What you send is kept on this device and leaves once you are back online.";
        little_room(n: u64, size: &str): "Er is nog ruimte voor 1 document, tot {size}. Is er meer nodig? Bel uw adviseur." | "Er is nog ruimte voor {n} documenten, samen tot {size}. Is er meer nodig? Bel uw adviseur.",
            "There is room for 1 document, up to {size}. Do you need more? Phone your advisor." | "There is room for {n} documents, up to {size} together. Do you need more? Phone your advisor.";
        asked(name: &str): "{name} vraagt om:", "{name} asks for:";
        photo: "Maak een foto", "Take a photo";
        file: "Kies een bestand", "Choose a file";
        chosen: "Gekozen", "Chosen";
        given: "Door u gestuurd", "Sent by you";
        remove(name: &str): "Verwijder {name}", "Remove {name}";
        send(n: usize): "Verstuur 1 document" | "Verstuur {n} documenten", "Send 1 document" | "Send {n} documents";
        put_ready(n: usize): "Zet 1 document klaar" | "Zet {n} documenten klaar",
            "Put 1 document ready" | "Put {n} documents ready";
        busy: "Bewaren…", "Saving…";
        withdraw(name: &str): "Trek {name} in", "Withdraw {name}";
        withdrawn: "Ingetrokken", "Withdrawn";
        empty(name: &str): "{name} is leeg. Kies een ander bestand.", "{name} is empty. Choose another file.";
        too_large(name: &str, size: &str, limit: &str): "{name} is {size}. Het maximum is {limit}. Stuur het in delen, of maak een foto per pagina.",
            "{name} is {size}. The limit is {limit}. Send it in parts, or take a photo of each page.";
        wrong_type(name: &str): "{name} kunnen we niet lezen. Stuur een PDF, JPG of PNG.",
            "We cannot read {name}. Send a PDF, JPG or PNG.";
        heic(name: &str): "{name} is een HEIC-foto, die deze browser niet kan omzetten. Hij gaat mee zoals hij is; uw adviseur kan hem openen.",
            "{name} is a HEIC photo, which this browser cannot convert. It goes along as it is; your advisor can open it.";
        in_queue(name: &str): "{name} staat er al bij.", "{name} is here already.";
        preparing: "Foto’s worden klaargemaakt…", "Preparing the photos…";
        page_word: "Pagina", "Page";
        page(n: usize): "Pagina {n}", "Page {n}";
        of(n: usize, of: usize): "{n} van {of}", "{n} of {of}";
        preview(n: usize, name: &str): "Pagina {n}, van {name}", "Page {n}, from {name}";
        edit_page(n: usize): "Pagina {n} bewerken", "Edit page {n}";
        pages: "Pagina’s", "Pages";
        turn: "Draai", "Rotate";
        earlier: "Eerder", "Earlier";
        later: "Later", "Later";
        remove_page: "Verwijder", "Remove";
        another: "Nog een", "Another";
        another_photo: "Maak nog een foto", "Take another photo";
        another_file: "Bestand", "File";
        together: "Deze foto’s worden samen één document, in deze volgorde.", "These photos become one document, in this order.";
        blurred(n: usize): "Pagina {n} lijkt onscherp", "Page {n} looks out of focus";
        blurred_advice: "Kunt u de kleine letters lezen? Maak de foto anders opnieuw: houd uw toestel stil, recht boven het papier, met genoeg licht.",
            "Can you read the small print? If not, take the photo again: hold your phone still, straight above the paper, with enough light.";
        kind: "Wat voor document is het?", "What kind of document is it?";
        kind_none: "Kies een soort, of laat het zo", "Choose a kind, or leave it";
        year: "Over welk jaar gaat het?", "Which year is it about?";
        other_year: "Ander jaar", "Another year";
        which_year: "Welk jaar?", "Which year?";
        year_wrong: "Vul het jaar in met vier cijfers, zoals 2023.", "Give the year in four digits, such as 2023.";
        note: "Wilt u er iets bij zeggen? Dat hoeft niet.", "Anything to add? You need not.";
        send_pages(n: usize): "Verstuur 1 pagina" | "Verstuur {n} pagina’s", "Send 1 page" | "Send {n} pages";
        put_pages_ready(n: usize): "Zet 1 pagina klaar" | "Zet {n} pagina’s klaar", "Put 1 page ready" | "Put {n} pages ready";
        already(name: &str, when: &str): "{name} heeft u al gestuurd: {when}. U hoeft niets te doen.",
            "You have already sent {name}: {when}. There is nothing to do.";
        storage(name: &str): "{name} past niet op dit apparaat. Maak ruimte vrij en probeer het opnieuw.",
            "{name} does not fit on this device. Make some room and try again.";
        unreadable(name: &str): "{name} kon niet worden geopend. Kies het bestand opnieuw.",
            "{name} could not be opened. Choose the file again.";
        accepted(n: usize): "1 document is bewaard en wordt verstuurd." | "{n} documenten zijn bewaard en worden verstuurd.",
            "1 document is saved and being sent." | "{n} documents are saved and being sent.";
        none_year: "U kunt nog niets sturen: er staat nog geen dossier op dit apparaat. Maak eerst verbinding met internet.",
            "You cannot send anything yet: there is no file on this device. Connect to the internet first.";
    }

    /// Texts of the archive, which shows what is finished.
    Archive {
        title: "Archief", "Archive";
        lead: "Alles wat klaar is, per belastingjaar.", "All that is finished, per tax year.";
        choose_year: "Kies een jaar", "Choose a year";
        season(year: &str): "Aangifte {year}", "Tax return {year}";
        finished: "Afgerond", "Finished";
        running: "Loopt nog", "Under way";
        empty: "Hier komt uw aangifte als hij klaar is.", "Your tax return will be here once it is finished.";
        filed(date: &str): "Verstuurd op {date}", "Sent on {date}";
        filed_by_consent(date: &str): "Verstuurd op {date}, op grond van uw vaste toestemming", "Sent on {date}, by your standing consent";
        approved(date: &str): "Akkoord gegeven op {date}", "Approved on {date}";
        proof: "Bewijs van uw akkoord", "Proof of your approval";
        tasks: "Taken", "Tasks";
        done: "Klaar", "Done";
        withdrawn_task: "Ingetrokken door uw adviseur", "Withdrawn by your advisor";
        by_you: "Door u gestuurd", "Sent by you";
        documents(n: usize): "1 document" | "{n} documenten", "1 document" | "{n} documents";
        no_documents: "U heeft over dit jaar nog geen documenten gestuurd.", "You have not sent any documents for this year.";
        here: "Staat op dit apparaat", "On this device";
        not_here: "Nog niet op dit apparaat", "Not on this device yet";
        open(name: &str): "Open {name}", "Open {name}";
        failed: "Downloaden lukte niet. Probeer opnieuw.", "Downloading failed. Try again.";
    }

    /// Texts of the screen with personal details.
    Details {
        title: "Mijn gegevens", "My details";
        lead: "Wie u bent bij uw adviseur, en dit apparaat.", "Who you are to your advisor, and this device.";
        about: "Over u", "About you";
        name: "Naam", "Name";
        user_name: "Gebruikersnaam", "User name";
        mail: "E-mail", "E-mail";
        firm: "Kantoor", "Firm";
        others: "Anderen in dit dossier", "Others in this file";
        language: "Taal", "Language";
        dutch: "Nederlands", "Nederlands";
        english: "English", "English";
        change: "Klopt er iets niet meer? Stuur uw adviseur een bericht, dan past die het aan.",
            "Is something no longer right? Send your advisor a message.";
        devices: "Apparaat en passkey", "Device and passkey";
        this_device: "Dit apparaat", "This device";
        active: "Actief", "Active";
        passkey_body: "U logt in met uw gezicht, vingerafdruk of pincode, net als bij uw telefoon.",
            "You log in with face, fingerprint or PIN, as on your phone.";
        lost: "Toestel kwijt? Bel uw adviseur. Die stuurt een nieuwe uitnodiging.",
            "Lost your phone? Call your advisor, who sends a new invitation.";
        all_received: "Alles is ontvangen", "Everything was received";
        unsent(n: usize): "1 ding is nog niet verstuurd" | "{n} dingen zijn nog niet verstuurd",
            "1 thing has not been sent yet" | "{n} things have not been sent yet";
        to_console: "Naar de kantoorkant", "To the firm’s side";
        log_out: "Log uit", "Log out";
        log_out_title: "Uitloggen op dit apparaat?", "Log out on this device?";
        log_out_body: "Uw dossier blijft bij uw adviseur staan. U logt weer in met uw passkey.",
            "Your file stays with your advisor. You log in again with your passkey.";
        unsent_title(n: usize): "1 ding staat alleen op dit apparaat" | "{n} dingen staan alleen op dit apparaat",
            "1 thing is only on this device" | "{n} things are only on this device";
        unsent_body: "Er gaat niets verloren: het blijft op dit apparaat bewaard en wordt verstuurd als u hier weer inlogt. Wis uw browsergegevens niet.",
            "Nothing is lost: it stays on this device and is sent when you log in here again. Do not clear your browser data.";
        stay: "Blijf ingelogd", "Stay logged in";
        log_out_failed: "Uitloggen lukte niet. Probeer het zo opnieuw.", "Logging out failed. Try again in a moment.";
    }
}
