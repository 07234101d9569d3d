#include <gmock/gmock.h>

#include <limits>

#include "06_training/optimizers.hpp"
#include "support/matrix_matchers.hpp"

namespace gradbook {
namespace {

using testing::IsEmpty;

TEST(ClipGradients, MultipliesAllByOneFactor) {
  constexpr double kFactor = 6.5 / (13 + 1e-6);  // nearly a half
  Parameter a(Matrix{{1, 1}}), b(Matrix{{1}});
  a.grad() = Matrix{{3, -4}};
  b.grad() = Matrix{{12}};
  EXPECT_EQ(clip_gradients({&a, &b}, 6.5), 13) << "3² + 4² + 12² = 13²: all gradients together";
  EXPECT_THAT(a.grad(), is_matrix({1, 2}, {3 * kFactor, -4 * kFactor}))
      << "half as long, in the same direction";
  EXPECT_THAT(b.grad(), is_matrix({1, 1}, {12 * kFactor}));
  EXPECT_THAT(a.value(), is_matrix({1, 2}, {1, 1})) << "parameters stay";
}

TEST(ClipGradients, LeavesShortGradientsAlone) {
  Parameter a(Matrix{{1, 1}});
  a.grad() = Matrix{{3, -4}};
  EXPECT_EQ(clip_gradients({&a}, 5.1), 5);
  EXPECT_THAT(a.grad(), is_matrix({1, 2}, {3, -4})) << "5 is below 5.1";
}

// PyTorch says so: torch.nn.utils.clip_grad_norm_(p, 5)
TEST(ClipGradients, DividesByATinyBitMore) {
  Parameter a(Matrix{{1, 1}});
  a.grad() = Matrix{{3, -4}};
  EXPECT_EQ(clip_gradients({&a}, 5), 5);
  EXPECT_THAT(a.grad(), is_matrix({1, 2}, {3 * (5 / 5.000001), -4 * (5 / 5.000001)}))
      << "times 5 / (5 + 10⁻⁶), which is below 1";
}

TEST(ClipGradients, SkipsWhatHasNoGradient) {
  Parameter frozen(Matrix{{9, 9}}), learnt(Matrix{{1, 1}});
  learnt.grad() = Matrix{{6, 8}};
  EXPECT_EQ(clip_gradients({&frozen, &learnt}, 5), 10) << "a missing gradient counts nothing";
  EXPECT_THAT(listed(frozen.grad()), IsEmpty()) << "and gets no zeros either";
  EXPECT_THAT(learnt.grad(), is_matrix({1, 2}, {6 * (5 / 10.000001), 8 * (5 / 10.000001)}));
}

TEST(ClipGradients, LeavesAllAloneWhereOneIsInfinite) {
  const Real infinity = std::numeric_limits<Real>::infinity();
  Parameter a(Matrix{{1, 1}});
  a.grad() = Matrix{{3, infinity}};
  EXPECT_EQ(clip_gradients({&a}, 5), infinity);
  EXPECT_THAT(a.grad(), is_matrix({1, 2}, {3, infinity}))
      << "5 / infinity would make the 3 a 0, and hide that something went wrong";
}

TEST(ClipGradients, RefusesANormThatIsNone) {
  Parameter a(Matrix{{1, 1}});
  a.grad() = Matrix{{3, 4}};
  EXPECT_THROW(clip_gradients({&a}, -1), RangeError);
  EXPECT_THROW(clip_gradients({&a}, std::numeric_limits<double>::quiet_NaN()), RangeError)
      << "every comparison with NaN is false";
  EXPECT_THAT(a.grad(), is_matrix({1, 2}, {3, 4}));
}

}  // namespace
}  // namespace gradbook
