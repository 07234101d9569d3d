#include <gmock/gmock.h>

#include "05_modules/embedding.hpp"
#include "support/matrix_matchers.hpp"

namespace gradbook {
namespace {

using Ids = std::vector<Label>;

// Three rows of two numbers
struct EmbeddingTest : testing::Test {
  EmbeddingTest() { embedding.weight.value() = matrix_of({3, 2}, {1, 2, 30, 40, 500, 600}); }
  ~EmbeddingTest() override { tape().clear(); }

  // The gradient of the table, for this gradient of what was looked up
  Matrix gradient(const Ids& ids, const Matrix& grad_out) {
    embedding(ids).out_gradient = grad_out;
    tape_bwd();
    return embedding.weight.grad();
  }

  Random random{1};
  Embedding embedding{3, 2, random};
};

TEST_F(EmbeddingTest, CopiesARowForEveryId) {
  EXPECT_THAT(embedding(Ids{2, 0, 2, 1}).out_tensor,
              is_matrix({4, 2}, {500, 600, 1, 2, 500, 600, 30, 40}));
}

TEST_F(EmbeddingTest, LooksUpNothing) {
  EXPECT_THAT(embedding(Ids{}).out_tensor, is_matrix({0, 2}, {})) << "no ids, no rows";
}

TEST_F(EmbeddingTest, SendsAGradientToTheRowThatWasCopied) {
  EXPECT_THAT(gradient({2, 1}, matrix_of({2, 2}, {1, 2, 3, 4})),
              is_matrix({3, 2}, {0, 0, 3, 4, 1, 2}))
      << "row 0 was not looked up, so its gradient is 0";
}

TEST_F(EmbeddingTest, AddsUpTheGradientsOfARowThatWasCopiedTwice) {
  EXPECT_THAT(gradient({1, 1, 1, 0}, matrix_of({4, 2}, {1, 2, 10, 20, 100, 200, 5, 6})),
              is_matrix({3, 2}, {5, 6, 111, 222, 0, 0}))
      << "row 1 went to three places, and hears of all three";
}

TEST_F(EmbeddingTest, RefusesNumbersThatNoRowHas) {
  EXPECT_THROW(embedding(Ids{0, 3}), RangeError) << "rows are 0, 1 and 2";
  tape().clear();
  EXPECT_THROW(embedding(Ids{-1}), RangeError) << "this is not Python";
}

}  // namespace
}  // namespace gradbook
