#include "grading/judge/comparator.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace gradbook {
namespace {

using testing::HasSubstr;

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();

Observation reals(std::string label, std::vector<double> values, std::vector<std::uint64_t> shape,
                  Tolerance tolerance = {}) {
  Observation o;
  o.label = std::move(label);
  o.reals = std::move(values);
  o.shape = std::move(shape);
  o.tolerance = tolerance;
  return o;
}

Observation real(std::string label, double value, Tolerance tolerance = {}) {
  return reals(std::move(label), {value}, {}, tolerance);
}

Observation list(std::string label, std::vector<double> values, Tolerance tolerance = {}) {
  const std::uint64_t size = values.size();
  return reals(std::move(label), std::move(values), {size}, tolerance);
}

Observation integers(std::string label, std::vector<std::int64_t> values) {
  Observation o;
  o.type = Type::integer;
  o.label = std::move(label);
  o.shape = {values.size()};
  o.integers = std::move(values);
  return o;
}

Observation text(std::string label, std::string value) {
  Observation o;
  o.type = Type::text;
  o.label = std::move(label);
  o.text = std::move(value);
  return o;
}

// Answers that a careless comparison takes for close
struct Vacuous {
  const char* name;
  Observations student, reference;
};

class AVacuousAnswer : public testing::TestWithParam<Vacuous> {};

TEST_P(AVacuousAnswer, IsAFailure) {
  const auto difference = compare(GetParam().student, GetParam().reference, Depth::values);
  ASSERT_TRUE(difference.has_value());
  EXPECT_FALSE(difference->says.empty());
}

const Tolerance kLoose{1e18, 1e18};

INSTANTIATE_TEST_SUITE_P(
    Comparator, AVacuousAnswer,
    testing::Values(
        Vacuous{"nan_for_a_number", {real("y", kNaN)}, {real("y", 1)}},
        Vacuous{
            "nan_for_a_number_with_a_wide_tolerance", {real("y", kNaN)}, {real("y", 1, kLoose)}},
        Vacuous{"number_for_nan", {real("y", 1)}, {real("y", kNaN)}},
        Vacuous{"infinity_for_a_number", {real("y", kInfinity)}, {real("y", 1e300)}},
        Vacuous{"infinity_for_a_number_with_a_wide_tolerance",
                {real("y", kInfinity)},
                {real("y", 1, kLoose)}},
        Vacuous{"infinity_of_the_other_sign", {real("y", -kInfinity)}, {real("y", kInfinity)}},
        Vacuous{"number_for_infinity", {real("y", 1e308)}, {real("y", kInfinity)}},
        Vacuous{"nan_for_infinity", {real("y", kNaN)}, {real("y", kInfinity)}},
        Vacuous{"infinity_for_nan", {real("y", kInfinity)}, {real("y", kNaN)}},
        Vacuous{"nothing_at_all", {}, {real("y", 1)}},
        Vacuous{"an_empty_list", {list("y", {})}, {list("y", {1, 2})}},
        Vacuous{"an_empty_list_for_a_number", {list("y", {})}, {real("y", 1)}},
        Vacuous{"a_list_for_an_empty_one", {list("y", {0})}, {list("y", {})}},
        Vacuous{"rank_0_for_a_list_of_one", {real("y", 1)}, {list("y", {1})}},
        Vacuous{"a_list_of_one_for_rank_0", {list("y", {1})}, {real("y", 1)}},
        Vacuous{"a_shape_that_would_broadcast", {list("y", {1})}, {list("y", {1, 1, 1})}},
        Vacuous{"a_row_for_a_column", {reals("y", {1, 2}, {1, 2})}, {reals("y", {1, 2}, {2, 1})}},
        Vacuous{"the_transposed_shape",
                {reals("y", {1, 1, 1, 1, 1, 1}, {3, 2})},
                {reals("y", {1, 1, 1, 1, 1, 1}, {2, 3})}},
        Vacuous{"empty_of_another_shape", {reals("y", {}, {0, 3})}, {reals("y", {}, {3, 0})}},
        Vacuous{"too_few_observations", {real("y", 1)}, {real("y", 1), real("z", 2)}},
        Vacuous{"too_many_observations", {real("y", 1), real("z", 2)}, {real("y", 1)}},
        Vacuous{"an_unknown_label", {real("x", 1)}, {real("y", 1)}},
        Vacuous{"a_label_twice", {real("y", 1), real("y", 1)}, {real("y", 1), real("z", 2)}},
        Vacuous{"the_other_order", {real("z", 2), real("y", 1)}, {real("y", 1), real("z", 2)}},
        Vacuous{"a_forged_tolerance", {real("y", 2, kLoose)}, {real("y", 1)}},
        Vacuous{"a_forged_tolerance_of_nan", {real("y", 2, {kNaN, kNaN})}, {real("y", 1)}},
        Vacuous{"a_small_number_for_zero", {real("y", 1e-300)}, {real("y", 0)}},
        Vacuous{"zero_for_a_small_number", {real("y", 0)}, {real("y", 1e-300)}},
        Vacuous{"one_wrong_element_of_many",
                {list("y", {1, 2, 3, 4, 5.0001})},
                {list("y", {1, 2, 3, 4, 5})}},
        Vacuous{"integers_for_reals", {integers("y", {1})}, {list("y", {1})}},
        Vacuous{"reals_for_integers", {list("y", {1})}, {integers("y", {1})}},
        Vacuous{"an_integer_off_by_one_beyond_doubles",
                {integers("y", {(1LL << 60) + 1})},
                {integers("y", {1LL << 60})}},
        Vacuous{"an_empty_text", {text("y", "")}, {text("y", "x")}},
        Vacuous{"a_text_with_more_behind", {text("y", "xy")}, {text("y", "x")}},
        Vacuous{"a_reference_that_shows_nothing", {}, {}}),
    [](const auto& info) { return info.param.name; });

TEST(Comparator, AcceptsWhatIsEqual) {
  const Observations both = {real("y", 0.1), list("l", {1, kNaN, kInfinity}), integers("n", {1, 2}),
                             text("t", "a\nb")};
  EXPECT_FALSE(compare(both, both, Depth::values).has_value());
}

TEST(Comparator, AllowsRoundingByTheLengthOfTheSum) {
  const double eps = std::numeric_limits<double>::epsilon();
  const auto close = [&](double relative, Tolerance tolerance) {
    return !compare({real("y", 3 * (1 + relative))}, {real("y", 3, tolerance)}, Depth::values)
                .has_value();
  };
  EXPECT_TRUE(close(7 * eps, {}));
  EXPECT_FALSE(close(20 * eps, {}));
  EXPECT_TRUE(close(700 * eps, {.terms = 100}));
  EXPECT_FALSE(close(2000 * eps, {.terms = 100}));
}

TEST(Comparator, ScaleIsForTermsThatCancel) {
  EXPECT_TRUE(compare({real("y", 1e-16)}, {real("y", 0)}, Depth::values).has_value());
  EXPECT_FALSE(
      compare({real("y", 1e-16)}, {real("y", 0, {.scale = 1})}, Depth::values).has_value());
}

TEST(Comparator, NamesThePlaceBothValuesAndTheLargestError) {
  const auto d = compare({reals("z", {1, 2, 3, 5, 9, 6}, {2, 3})},
                         {reals("z", {1, 2, 3, 4, 5, 6}, {2, 3})}, Depth::values);
  ASSERT_TRUE(d.has_value());
  EXPECT_EQ(d->label, "z");
  EXPECT_THAT(d->expected, HasSubstr("4 at [1, 0]"));
  EXPECT_THAT(d->got, HasSubstr("5 at [1, 0]"));
  EXPECT_THAT(d->largest, HasSubstr("4, where"));
  EXPECT_THAT(d->largest, HasSubstr("2 of 6 elements"));
}

TEST(Comparator, ShowsTheFirstLineOfATextThatDiffers) {
  const auto d = compare({text("t", "a\nb\nc")}, {text("t", "a\nB\nc")}, Depth::values);
  ASSERT_TRUE(d.has_value());
  EXPECT_THAT(d->expected, HasSubstr("\"B\" in line 2"));
  EXPECT_THAT(d->got, HasSubstr("\"b\" in line 2"));
}

TEST(Comparator, NoticesInputsThatWereWrittenTo) {
  Observation in = real("x", 1), changed = real("x", 2);
  in.role = changed.role = Role::input;
  EXPECT_TRUE(compare({changed, real("y", 1)}, {in, real("y", 1)}, Depth::values).has_value());
}

TEST(Comparator, LeavesValuesToAJudge) {
  EXPECT_FALSE(compare({real("y", 7)}, {real("y", 1)}, Depth::form).has_value());
  EXPECT_TRUE(compare({text("y", "7")}, {real("y", 1)}, Depth::form).has_value());
}

}  // namespace
}  // namespace gradbook
