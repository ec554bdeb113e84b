//! Policy files: the cases of `cases/policy-file`, the bounds, and the round trip.

mod bounds;
mod cases;
mod long_list;
mod round_trip;
