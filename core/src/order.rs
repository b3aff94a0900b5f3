//! Order by a whole number or a name. The library's own sorts are compiled anew for each kind of list, and gathering into a map
//! is one of them; here there is one sort for all.

use litemap::LiteMap;

/// Sorts by a whole number; items with the same number stay in their order.
pub(crate) fn sort_by_number<T>(items: &mut Vec<T>, number: impl Fn(&T) -> i64) {
    let places: Vec<(i64, usize)> = items.iter().enumerate().map(|(at, item)| (number(item), at)).collect();
    if places.is_sorted() {
        return;
    }
    let places = std::collections::BinaryHeap::from(places).into_sorted_vec();
    let mut taken: Vec<Option<T>> = items.drain(..).map(Some).collect();
    items.extend(places.into_iter().filter_map(|(_, at)| taken.get_mut(at)?.take()));
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
