//! Order by a whole number or a name. The library's own sorts are compiled anew for each kind of list, and gathering into a map
//! is one of them; here there is one sort for all.

/// Sorts by a whole number; items with the same number stay in their order.
pub(crate) fn sort_by_number<T>(items: &mut Vec<T>, number: impl Fn(&T) -> i64) {
    let mut places: Vec<(i64, usize)> = items.iter().enumerate().map(|(at, item)| (number(item), at)).collect();
    if places.is_sorted() {
        return;
    }
    places.sort_unstable();
    let mut taken: Vec<Option<T>> = items.drain(..).map(Some).collect();
    items.extend(places.into_iter().filter_map(|(_, at)| taken.get_mut(at)?.take()));
}

/// A map or a set of these items, put in one by one.
pub(crate) fn gathered<T, C: Default + Extend<T>>(items: impl IntoIterator<Item = T>) -> C {
    let mut found = C::default();
    found.extend(items);
    found
}
