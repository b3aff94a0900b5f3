//! Order by a whole number: one sort, compiled once, for lists of every kind.

/// Sorts by a whole number; items with the same number stay in their order.
pub(crate) fn sort_by_number<T: Copy>(items: &mut Vec<T>, number: impl Fn(&T) -> i64) {
    let mut places: Vec<(i64, usize)> = items.iter().enumerate().map(|(at, item)| (number(item), at)).collect();
    if places.is_sorted() {
        return;
    }
    places.sort_unstable();
    *items = places.into_iter().filter_map(|(_, at)| items.get(at).copied()).collect();
}
