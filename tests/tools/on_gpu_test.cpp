// What is compared of a hidden case that ran on a GPU.
#include "grading/judge/on_gpu.hpp"

#include <gtest/gtest.h>

namespace gradbook {
namespace {

Observation text(Role role, const std::string& label = "") {
  Observation o;
  o.role = role;
  o.type = Type::text;
  o.label = label;
  return o;
}

Observation real(const std::string& label, double value, double terms = 1) {
  Observation o;
  o.label = label;
  o.reals = {value};
  o.tolerance.terms = terms;
  return o;
}

CaseRun ran(Observations stream) {
  CaseRun result;
  result.how = "exit";
  result.stream = std::move(stream);
  return result;
}

const Observation kEnd = text(Role::end);
const CaseRun kReference = ran({real("sum", 1, 1 << 27), real("reads", 12), kEnd});

TEST(OnGpu, ACaseThatStopsBeforeACounterSaysNothing) {
  EXPECT_TRUE(only_emulated(ran({real("sum", 1), text(Role::only_emulated)}), kReference, false));
  EXPECT_FALSE(only_emulated(ran({real("sum", 1)}), kReference, false))
      << "it ended in the middle, and nobody said why";
  CaseRun killed = ran({real("sum", 1), text(Role::only_emulated)});
  killed.how = "signal";
  EXPECT_FALSE(only_emulated(killed, kReference, false));
}

TEST(OnGpu, ACounterIsLeftOutAndTheRestIsCompared) {
  const CaseRun student = ran({real("sum", 1), text(Role::only_emulated, "reads"), kEnd});
  EXPECT_FALSE(only_emulated(student, kReference, false));
  EXPECT_TRUE(only_emulated(student, kReference, true)) << "a JUDGE wants all of it";
  const Observations expected = expected_on_gpu(student, kReference).stream;
  ASSERT_EQ(expected.size(), 2U);
  EXPECT_EQ(expected[0].label, "sum");
  EXPECT_EQ(expected[0].tolerance.terms, 4 * (1 << 27)) << "a GPU rounds in its own way";
}

TEST(OnGpu, NumbersInDoubleGetNoMoreRoom) {
  EXPECT_EQ(expected_on_gpu(ran({}), ran({real("exact", 1, 5)})).stream[0].tolerance.terms, 5);
}

TEST(OnGpu, OfCountersAloneNothingIsLeft) {
  const CaseRun reference = ran({real("reads", 12), real("reads", 14), kEnd});
  const Observation reads = text(Role::only_emulated, "reads");
  EXPECT_TRUE(only_emulated(ran({reads, reads, kEnd}), reference, false));
  EXPECT_FALSE(only_emulated(ran({reads, kEnd}), reference, false)) << "one is still due";
}

}  // namespace
}  // namespace gradbook
