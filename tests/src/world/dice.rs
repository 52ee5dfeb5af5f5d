//! Random choices that a seed decides.

use std::{cell::RefCell, rc::Rc};

/// Source of random choices. All clones share it, and the same seed gives the same choices.
#[derive(Clone)]
pub(super) struct Dice(Rc<RefCell<fastrand::Rng>>);

impl Dice {
    pub fn of(seed: u64) -> Self {
        Self(Rc::new(RefCell::new(fastrand::Rng::with_seed(seed))))
    }

    pub fn below(&self, limit: usize) -> usize {
        self.0.borrow_mut().usize(..limit)
    }

    pub fn one_in(&self, n: usize) -> bool {
        self.below(n) == 0
    }

    pub fn bytes(&self) -> [u8; 16] {
        let mut bytes = [0; 16];
        self.0.borrow_mut().fill(&mut bytes);
        bytes
    }
}
