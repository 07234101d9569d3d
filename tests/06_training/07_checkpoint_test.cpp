#include <gmock/gmock.h>

#include <filesystem>
#include <string>

#include "06_training/checkpoint.hpp"
#include "06_training/optimizers.hpp"
#include "support/messages.hpp"
#include "support/xtensor_arrays.hpp"

namespace gradbook {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

const Matrix kTwo = {{1.5, -2.25, 0.1}, {1e-300, 4, -0.0}};

std::string bytes_of(Matrix m, const std::string& name = "w") { return to_bytes({{name, &m}}); }

// The message of the error, and "changed" where the matrix is not what it was
std::string refused(std::string_view bytes, Matrix m = {{7, 8, 9}, {4, 5, 6}}) {
  const Matrix before = m;
  const std::string says = message_of<CheckpointError>([&] { from_bytes(bytes, {{"w", &m}}); });
  return m == before ? says : "changed";
}

TEST(Checkpoint, ComesBackAsItWas) {
  Matrix a = kTwo, b = {{3}}, a2(kTwo.shape()), b2;
  from_bytes(to_bytes({{"a", &a}, {"b", &b}}), {{"a", &a2}, {"b", &b2}});
  EXPECT_EQ(listed(a2), listed(a)) << "every bit: 0.1 has more than six digits";
  EXPECT_THAT(listed(b2), ElementsAre(3)) << "a matrix without elements takes what was saved";
}

TEST(Checkpoint, HasTheFormatOfTheHeader) {
  ByteWriter expected;
  expected.text("gradbook checkpoint");
  for (const std::uint64_t number : {1, 1}) expected.integer(number);  // version, matrices
  expected.text("w");
  for (const std::uint64_t size : {2, 1}) expected.integer(size);
  for (const double number : {5.0, 6.0}) expected.real(number);
  const std::string all_but_the_sum = expected.bytes();
  expected.integer(checksum(all_but_the_sum));
  EXPECT_EQ(bytes_of({{5}, {6}}), expected.bytes());
  EXPECT_EQ(to_bytes({}).size(), 27u + 8 + 8 + 8) << "mark, version, 0 matrices, checksum";
}

TEST(Checkpoint, IsRefusedAtEveryLengthButItsOwn) {
  const std::string bytes = bytes_of(kTwo);
  for (std::size_t n = 0; n < bytes.size(); ++n) {
    const std::string says = refused(std::string_view(bytes).substr(0, n));
    ASSERT_NE(says, "") << n << " of " << bytes.size() << " bytes are no checkpoint";
    ASSERT_NE(says, "changed") << "read everything first, and change matrices last";
  }
  EXPECT_NE(refused(bytes + "x"), "") << "one byte too many";
}

TEST(Checkpoint, IsRefusedWhereItSaysLessThanItHas) {
  std::string longer = bytes_of(kTwo);
  longer.insert(longer.size() - 8, 8, 'x');
  ByteWriter sum;
  longer.resize(longer.size() - 8);
  sum.integer(checksum(longer));
  EXPECT_NE(refused(longer + sum.bytes()), "")
      << "the checksum fits, but eight bytes more than its matrices have stand before it";
}

TEST(Checkpoint, OfNothingLeavesNothing) {
  Matrix none, velocity = {{1, 2}};
  from_bytes(to_bytes({{"velocity", &none}}), {{"velocity", &velocity}});
  EXPECT_EQ(velocity.size(), 0u) << "saved before the first step: there was no velocity yet";
}

TEST(Checkpoint, IsRefusedWhereAByteIsDamaged) {
  const std::string bytes = bytes_of(kTwo);
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    std::string damaged = bytes;
    damaged[i] = static_cast<char>(damaged[i] ^ 4);
    const std::string says = refused(damaged);
    ASSERT_NE(says, "") << "byte " << i << ": the checksum no longer fits";
    ASSERT_NE(says, "changed") << "byte " << i;
  }
}

TEST(Checkpoint, SaysWhatItFoundWhereItIsAnothers) {
  EXPECT_THAT(refused("PNG, a picture of some length, surely more than a header"),
              HasSubstr("gradbook checkpoint"));
  EXPECT_THAT(refused(bytes_of(kTwo, "bias")), testing::AllOf(HasSubstr("bias"), HasSubstr("w")));
  EXPECT_THAT(refused(bytes_of({{1, 2}, {3, 4}, {5, 6}})),
              testing::AllOf(HasSubstr("(3, 2)"), HasSubstr("(2, 3)")))
      << "six numbers as well, but in another shape";
}

TEST(Checkpoint, IsRefusedFromANewerProgram) {
  const std::string bytes = bytes_of(kTwo);
  std::string newer = bytes.substr(0, bytes.size() - 8);
  newer[8 + kCheckpointMark.size()] = 2;
  ByteWriter sum;
  sum.integer(checksum(newer));
  EXPECT_THAT(refused(newer + sum.bytes()), testing::AllOf(HasSubstr("2"), HasSubstr("1")));
}

TEST(Checkpoint, ChangesNothingWhereTheLastMatrixDoesNotFit) {
  Matrix a = {{1}}, b = {{2, 3}}, here = {{9}}, other = {{9}, {9}};
  EXPECT_THROW(from_bytes(to_bytes({{"a", &a}, {"b", &b}}), {{"a", &here}, {"b", &other}}),
               CheckpointError);
  EXPECT_THAT(listed(here), ElementsAre(9)) << "a fits, b does not: then a stays too";
  EXPECT_THROW(from_bytes(to_bytes({{"a", &a}, {"b", &b}}), {{"a", &here}}), CheckpointError)
      << "two matrices, and one is asked for";
}

TEST(Checkpoint, ContinuesWhereTrainingStopped) {
  const auto step = [](Parameter& w, SGD& sgd, double gradient) {
    w.grad() = Matrix(w.value().shape(), static_cast<Real>(gradient));
    sgd.step();
  };
  const std::string file = testing::TempDir() + "gradbook_resume.checkpoint";
  Parameter w(kTwo), again(Matrix(kTwo.shape(), 0));
  SGD sgd({&w}, {.rate = 0.1, .momentum = 0.9}),
      sgd_again({&again}, {.rate = 0.1, .momentum = 0.9});
  const auto all = [](Parameter& p, SGD& s) {
    std::vector<NamedMatrix> matrices = s.state();
    matrices.push_back({"w", &p.value()});
    return matrices;
  };
  save_checkpoint(file, all(w, sgd));  // before the first step: no velocity yet
  load_checkpoint(file, all(again, sgd_again));
  step(w, sgd, 0.3);
  step(again, sgd_again, 0.3);
  save_checkpoint(file, all(w, sgd));
  step(again, sgd_again, 5);  // another way, from which it comes back
  load_checkpoint(file, all(again, sgd_again));
  step(w, sgd, -0.7);
  step(again, sgd_again, -0.7);
  EXPECT_EQ(listed(again.value()), listed(w.value())) << "with its velocity, to the last bit";
  std::filesystem::remove(file);
  EXPECT_THAT(message_of<CheckpointError>([&] { load_checkpoint(file, all(w, sgd)); }),
              HasSubstr(file));
}

}  // namespace
}  // namespace gradbook
