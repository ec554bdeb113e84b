//! Policy files: the cases of `cases/policy-file`, the bounds, and the round trip.

mod bounds;
mod cases;
mod round_trip;
