//! The command, run as people run it.

#[cfg(test)]
mod compare;
#[cfg(test)]
mod decide;
#[cfg(test)]
mod packet;
#[cfg(test)]
mod sheets;
#[cfg(test)]
mod support;
#[cfg(test)]
mod tables;
