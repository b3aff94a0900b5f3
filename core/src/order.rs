//! Order by a whole number or a name. The library's own sorts are compiled anew for each kind of list, and gathering into a map
//! is one of them; here there is one sort for all.

use litemap::LiteMap;

/// Sorts by a whole number; items with the same number stay in their order.
pub(crate) fn sort_by_number<T>(items: &mut [T], number: impl Fn(&T) -> i64) {
    let mut numbers = Vec::with_capacity(items.len());
    for item in items.iter() {
        numbers.push((number(item), numbers.len()));
    }
    for (one, other) in exchanges(numbers) {
        items.swap(one, other);
    }
}

/// Which places are to be exchanged, one pair after another, until the numbers are in order; each comes with its place.
fn exchanges(numbers: Vec<(i64, usize)>) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    if numbers.is_sorted() {
        return found;
    }
    // Which item lies in each place, and in which place each item lies.
    let mut lies: Vec<usize> = (0..numbers.len()).listed();
    let mut place = lies.clone();
    let sorted = std::collections::BinaryHeap::from(numbers).into_sorted_vec();
    for (at, (_, wanted)) in sorted.into_iter().enumerate() {
        let (Some(from), Some(here)) = (place.get(wanted).copied(), lies.get(at).copied()) else { continue };
        if from != at {
            found.push((at, from));
            lies.get_mut(from).into_iter().for_each(|item| *item = here);
            place.get_mut(here).into_iter().for_each(|place| *place = from);
        }
    }
    found
}

/// A list of what an iterator gives, put in one by one; the library's own way is compiled at more than twice the length.
pub(crate) trait Listed: Iterator + Sized {
    /// All items.
    fn listed(self) -> Vec<Self::Item> {
        let mut found = Vec::with_capacity(self.size_hint().0);
        for item in self {
            found.push(item);
        }
        found
    }
}

impl<I: Iterator> Listed for I {}

/// Further items behind those of a list, put in one by one for the same reason.
pub(crate) trait AppendAll<T> {
    /// Puts them in.
    fn append_all(&mut self, items: impl IntoIterator<Item = T>);
}

impl<T> AppendAll<T> for Vec<T> {
    fn append_all(&mut self, items: impl IntoIterator<Item = T>) {
        for item in items {
            self.push(item);
        }
    }
}

/// Each of these items once, in order.
pub(crate) fn ordered<T: Ord>(items: impl IntoIterator<Item = T>) -> Vec<T> {
    let mut found = Vec::new();
    for item in items {
        if let Err(place) = found.binary_search(&item) {
            found.insert(place, item);
        }
    }
    found
}

/// A map of these items, put in one by one.
pub(crate) fn gathered<K: Ord, V>(items: impl IntoIterator<Item = (K, V)>) -> LiteMap<K, V> {
    let mut found = LiteMap::default();
    for (key, value) in items {
        found.insert(key, value);
    }
    found
}
