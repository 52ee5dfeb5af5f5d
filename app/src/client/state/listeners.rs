//! Functions that are called after every visible change.

use std::{cell::RefCell, rc::Rc};

/// The functions, in the order in which they subscribed.
#[derive(Default)]
pub struct Listeners(RefCell<Vec<Rc<dyn Fn()>>>);

impl Listeners {
    /// Adds a function, for as long as the app runs.
    pub fn add(&self, changed: impl Fn() + 'static) {
        self.0.borrow_mut().push(Rc::new(changed));
    }

    /// Calls all functions.
    pub fn notify(&self) {
        // The list is copied first, because a listener may subscribe another.
        let listeners = self.0.borrow().clone();
        listeners.iter().for_each(|changed| changed());
    }
}
