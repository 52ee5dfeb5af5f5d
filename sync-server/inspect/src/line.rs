//! The line in which requests wait for a worker. People take turns: whoever has many files in it waits for those of
//! others after each one, and may have a few in it only.

use model::id::{AdvisorId, PersonId};
use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, PoisonError},
};
use tokio::sync::oneshot;

/// The number of files that are looked at at a time.
pub const AT_ONCE: usize = 2;
/// The number of files of one person that may wait.
pub const WAITING: usize = 8;
/// The number of files of all people that may wait.
pub const ALL_WAITING: usize = 400;

/// Somebody whose file is to be looked into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asker([u8; 16]);

impl From<PersonId> for Asker {
    fn from(person: PersonId) -> Self {
        Self(*person.as_bytes())
    }
}

impl From<AdvisorId> for Asker {
    fn from(advisor: AdvisorId) -> Self {
        Self(*advisor.as_bytes())
    }
}

/// The line. It is cheap to clone.
#[derive(Clone)]
pub struct Line(Arc<Mutex<State>>);

struct State {
    free: usize,
    /// The people who wait, in the order in which they get a turn, each with the own requests in their order.
    waiting: VecDeque<(Asker, VecDeque<oneshot::Sender<Turn>>)>,
}

/// The right to use one worker. The next in the line has it when this is dropped.
pub struct Turn(Line);

/// Too many files wait already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Full;

impl Line {
    pub fn new() -> Self {
        Self(Arc::new(Mutex::new(State { free: AT_ONCE, waiting: VecDeque::new() })))
    }

    /// Waits for a turn. Who stops waiting loses the place.
    pub async fn turn(&self, asker: Asker) -> Result<Turn, Full> {
        let turn = self.with(|state| state.place(asker))?;
        match turn {
            None => Ok(Turn(self.clone())),
            Some(turn) => turn.await.map_err(|_| Full),
        }
    }

    fn with<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl State {
    /// Returns None for who has a turn at once, and otherwise where it will come.
    fn place(&mut self, asker: Asker) -> Result<Option<oneshot::Receiver<Turn>>, Full> {
        for (_, requests) in &mut self.waiting {
            requests.retain(|request| !request.is_closed());
        }
        self.waiting.retain(|(_, requests)| !requests.is_empty());
        if self.free > 0 && self.waiting.is_empty() {
            self.free -= 1;
            return Ok(None);
        }
        let all: usize = self.waiting.iter().map(|(_, requests)| requests.len()).sum();
        let (request, turn) = oneshot::channel();
        match self.waiting.iter_mut().find(|(other, _)| *other == asker) {
            _ if all >= ALL_WAITING => return Err(Full),
            Some((_, own)) if own.len() >= WAITING => return Err(Full),
            Some((_, own)) => own.push_back(request),
            None => self.waiting.push_back((asker, VecDeque::from([request]))),
        }
        Ok(Some(turn))
    }

    /// Returns the request whose turn it is, or notes that nobody waits.
    fn next(&mut self) -> Option<oneshot::Sender<Turn>> {
        while let Some((asker, mut own)) = self.waiting.pop_front() {
            let request = own.pop_front();
            if !own.is_empty() {
                self.waiting.push_back((asker, own));
            }
            if let Some(request) = request.filter(|request| !request.is_closed()) {
                return Some(request);
            }
        }
        self.free += 1;
        None
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        if let Some(next) = self.0.with(State::next) {
            // Who stopped waiting in this very moment gives the turn back, and the one after that has it.
            drop(next.send(Turn(self.0.clone())));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{
        future::Future,
        pin::Pin,
        task::{Context, Poll, Waker},
    };

    const ANNA: Asker = Asker([1; 16]);
    const BEA: Asker = Asker([2; 16]);

    type Waits<'l> = Pin<Box<dyn Future<Output = Result<Turn, Full>> + 'l>>;

    fn asks(line: &Line, asker: Asker) -> Waits<'_> {
        let mut waits: Waits<'_> = Box::pin(line.turn(asker));
        // The first look takes the place in the line.
        assert!(look(&mut waits).is_none_or(|turn| turn.is_err()));
        waits
    }

    fn look(waits: &mut Waits<'_>) -> Option<Result<Turn, Full>> {
        match waits.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(turn) => Some(turn),
            Poll::Pending => None,
        }
    }

    fn all_taken(line: &Line) -> Vec<Turn> {
        (0..AT_ONCE).map(|_| look(&mut (Box::pin(line.turn(ANNA)) as Waits<'_>)).unwrap().ok().unwrap()).collect()
    }

    #[test]
    fn who_sends_many_files_waits_for_others_after_each_one() {
        let line = Line::new();
        let mut taken = all_taken(&line);
        let mut of_anna: Vec<_> = (0..3).map(|_| asks(&line, ANNA)).collect();
        let mut of_bea = asks(&line, BEA);
        taken.pop();
        let turn = look(&mut of_anna[0]).unwrap().ok();
        assert!(look(&mut of_bea).is_none());
        drop(turn);
        let turn = look(&mut of_bea).unwrap().ok();
        assert!(look(&mut of_anna[1]).is_none(), "Bea came later, and is next all the same");
        drop(turn);
        assert!(look(&mut of_anna[1]).is_some());
    }

    #[test]
    fn somebody_has_a_few_files_in_the_line_and_others_still_find_room() {
        let line = Line::new();
        let _taken = all_taken(&line);
        let waiting: Vec<_> = (0..WAITING).map(|_| asks(&line, ANNA)).collect();
        assert!(matches!(look(&mut (Box::pin(line.turn(ANNA)) as Waits<'_>)), Some(Err(Full))));
        assert!(look(&mut (Box::pin(line.turn(BEA)) as Waits<'_>)).is_none());
        drop(waiting);
        assert!(look(&mut (Box::pin(line.turn(ANNA)) as Waits<'_>)).is_none(), "who went away left room");
    }

    #[test]
    fn a_turn_that_nobody_waits_for_any_more_is_not_lost() {
        let line = Line::new();
        let taken = all_taken(&line);
        let gone: Vec<_> = (0..3).map(|_| asks(&line, ANNA)).collect();
        drop(gone);
        drop(taken);
        assert_eq!(all_taken(&line).len(), AT_ONCE);
    }
}
