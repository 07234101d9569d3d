#include <gtest/gtest.h>

#include <utility>

#include "02_scalar/scalar.hpp"

namespace gradbook {
namespace {

// Every test counts from what lives at its start
class Release : public testing::Test {
 protected:
  std::size_t live() const { return live_nodes() - at_start_; }

 private:
  std::size_t at_start_ = live_nodes();
};

TEST_F(Release, GivesBackALeaf) {
  { Scalar x{3.0}; }
  EXPECT_EQ(live(), 0u) << "the handle has gone, and nothing else refers to the leaf";
}

TEST_F(Release, GivesBackAWholeFormula) {
  {
    Scalar x{3.0}, y{4.0};
    Scalar f = exp(x * y) - 2.0 * y;
  }
  EXPECT_EQ(live(), 0u) << "a node that goes lets go of both its inputs, plain numbers too";
}

TEST_F(Release, KeepsWhatAHandleStillRefersTo) {
  Scalar x{3.0};
  { Scalar y = exp(x) + 1.0; }
  EXPECT_EQ(live(), 1u) << "all but x has gone";
  EXPECT_EQ(x.value(), 3.0);
}

TEST_F(Release, KeepsWhatAnotherNodeStillRefersTo) {
  Scalar x{3.0};
  Scalar shared = x * x;
  Scalar sum = shared + 1.0, top = exp(shared);
  shared = Scalar{0.0};
  sum = Scalar{0.0};
  EXPECT_EQ(live(), 5u) << "x, x * x, its exp, and two zeros: exp(x * x) still needs x * x";
  top = Scalar{0.0};
  EXPECT_EQ(live(), 4u) << "x and three zeros: now nothing needs x * x";
}

TEST_F(Release, CountsANodeThatIsBothInputsTwice) {
  {
    Scalar x{3.0};
    Scalar y = x * x;
  }
  EXPECT_EQ(live(), 0u) << "x * x refers to x twice, and lets go of it twice";
}

TEST_F(Release, GivesBackADiamondOnce) {
  {
    Scalar x{3.0};
    Scalar top = exp(x) * log(x);
  }
  EXPECT_EQ(live(), 0u);
}

TEST_F(Release, LeavesWhatStaysAsItWas) {
  Scalar x{3.0};
  Scalar shared = x * x;
  double grad = 0;
  {
    Scalar y = exp(shared);
    y.backward();
    grad = shared.grad();
  }
  Scalar fresh = Scalar{7.0} + Scalar{8.0};  // takes the places of what has gone
  EXPECT_EQ(x.value(), 3.0);
  EXPECT_EQ(shared.value(), 9.0)
      << "a node that was given back too early is overwritten by the next one";
  EXPECT_EQ(shared.grad(), grad)
      << "to give a node back changes nothing in its inputs but the count";
  EXPECT_EQ(fresh.value(), 15.0);
}

TEST_F(Release, GivesEachPlaceOutOnce) {
  {
    Scalar x{3.0};
    Scalar y = (x + 1.0) * (x + 2.0);
  }
  std::vector<Scalar> fresh;
  for (int i = 0; i < 6; ++i) fresh.push_back(Scalar{1.0 * i});
  for (int i = 0; i < 6; ++i)
    EXPECT_EQ(fresh[i].value(), i) << "a node that was given back twice serves two numbers";
}

TEST_F(Release, NeedsNoDeepStack) {
  {
    Scalar x{0.0};
    for (int i = 0; i < 1'000'000; ++i) x = i % 2 == 0 ? tanh(x) : 1.0 - x;
  }
  EXPECT_EQ(live(), 0u)
      << "a million nodes, one keeping the next alive: each call of release inside of another "
         "takes stack, so keep a list instead";
}

}  // namespace
}  // namespace gradbook
