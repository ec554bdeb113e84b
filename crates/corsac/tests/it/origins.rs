//! The standard's relation between origins, <https://html.spec.whatwg.org/#same-origin>, where vectors
//! have no words for it: opaque origins with a number.

use corsac::Origin;

#[test]
fn an_opaque_origin_is_the_same_as_the_one_with_its_number() {
    let tuple = Origin::from_serialization("https://app.example").unwrap();
    let origins = [
        Origin::opaque(1),
        Origin::opaque(2),
        Origin::UNIQUE,
        Origin::opaque(0),
        tuple,
    ];
    for (position, one) in origins.iter().enumerate() {
        for (other_position, other) in origins.iter().enumerate() {
            let is_itself = position == other_position && *one != Origin::UNIQUE;
            assert_eq!(one.same_origin(other), is_itself, "{one:?} {other:?}");
        }
        assert_eq!(one.is_opaque(), one.as_tuple().is_none());
        assert_eq!(one.is_opaque(), one.to_string() == "null");
    }
}
