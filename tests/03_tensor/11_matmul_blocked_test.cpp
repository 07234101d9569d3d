#include <gmock/gmock.h>

#include <vector>

#include "03_tensor/matmul.hpp"

namespace gradbook {
namespace {

using testing::Each;
using testing::ElementsAre;

MatrixView by_rows(const std::vector<Real>& numbers, std::int64_t rows, std::int64_t columns) {
  return {numbers.data(), rows, columns, columns, 1};
}

// 1, 2, 3, 1, 2, 3, …: sums of products of such numbers are exact
std::vector<Real> some(std::int64_t n) {
  std::vector<Real> numbers;
  for (std::int64_t i = 0; i < n; ++i) numbers.push_back(static_cast<Real>(i % 3 + 1));
  return numbers;
}

std::vector<Real> by_definition(const MatrixView& a, const MatrixView& b) {
  std::vector<Real> out;
  for (std::int64_t i = 0; i < a.rows; ++i) {
    for (std::int64_t j = 0; j < b.columns; ++j) {
      Real sum = 0;
      for (std::int64_t k = 0; k < a.columns; ++k)
        sum += a.data[i * a.row_stride + k * a.column_stride] *
               b.data[k * b.row_stride + j * b.column_stride];
      out.push_back(sum);
    }
  }
  return out;
}

// The first element that is wrong, in words; empty where there is none
std::string wrong(const MatrixView& a, const MatrixView& b, int threads = 1) {
  const std::vector<Real> expected = by_definition(a, b);
  std::vector<Real> out(expected.size() + 64, -1);  // with room behind, so that it is seen
  matmul_blocked(a, b, out.data(), threads);
  for (std::size_t i = 0; i < out.size(); ++i) {
    const Real should = i < expected.size() ? expected[i] : -1;
    if (out[i] == should) continue;
    if (i >= expected.size()) return "something is written behind the end of out";
    const auto columns = static_cast<std::size_t>(b.columns);
    return "element (" + std::to_string(i / columns) + ", " + std::to_string(i % columns) +
           ") is " + std::to_string(out[i]) + ", not " + std::to_string(should);
  }
  return "";
}

TEST(MatmulBlocked, MultipliesTwoMatrices) {
  const std::vector<Real> a = {1, 2, 3, 4}, b = {5, 6, 7, 8};
  std::vector<Real> out(4, -1);
  matmul_blocked(by_rows(a, 2, 2), by_rows(b, 2, 2), out.data());
  EXPECT_THAT(out, ElementsAre(19, 22, 43, 50)) << "what is in out before is overwritten";
}

TEST(MatmulBlocked, KnowsSizesThatNoTileDivides) {
  const std::vector<Real> a = some(13 * 5), b = some(5 * 7);
  EXPECT_EQ(wrong(by_rows(a, 13, 5), by_rows(b, 5, 7)), "")
      << "(13, 5) times (5, 7): the last tile of a row or column is not a whole one";
}

TEST(MatmulBlocked, AddsUpBlocksOfTheInnerSize) {
  const std::vector<Real> a = some(3 * 1201), b = some(1201 * 2);
  EXPECT_EQ(wrong(by_rows(a, 3, 1201), by_rows(b, 1201, 2)), "")
      << "(3, 1201) times (1201, 2): each block of the inner size adds its share";
}

TEST(MatmulBlocked, GoesOnBehindTheFirstBlockOfRowsAndColumns) {
  const std::vector<Real> a = some(601 * 2), b = some(2 * 803);
  EXPECT_EQ(wrong(by_rows(a, 601, 2), by_rows(b, 2, 3)), "") << "601 rows are several blocks";
  EXPECT_EQ(wrong(by_rows(a, 2, 2), by_rows(b, 2, 803)), "") << "803 columns are several blocks";
}

TEST(MatmulBlocked, ReadsMatricesInAnyOrder) {
  const std::vector<Real> a = some(9 * 5), b = some(5 * 8);
  const MatrixView a_by_columns{a.data(), 9, 5, 1, 9}, b_by_columns{b.data(), 5, 8, 1, 5};
  EXPECT_EQ(wrong(a_by_columns, by_rows(b, 5, 8)), "") << "a lies by columns: row_stride is 1";
  EXPECT_EQ(wrong(by_rows(a, 9, 5), b_by_columns), "") << "b lies by columns: row_stride is 1";
}

TEST(MatmulBlocked, GivesZerosWhereThereIsNothingToAdd) {
  std::vector<Real> out(6, -1);
  matmul_blocked(by_rows({}, 2, 0), by_rows({}, 0, 3), out.data());
  EXPECT_THAT(out, Each(0)) << "a sum of nothing is 0";
}

TEST(MatmulBlocked, SharesTheRowsAmongThreads) {
  const std::vector<Real> a = some(37 * 250), b = some(250 * 230);
  for (const int threads : {2, 3, 5})
    EXPECT_EQ(wrong(by_rows(a, 37, 250), by_rows(b, 250, 230), threads), "")
        << "with " << threads << " threads";
}

TEST(MatmulBlocked, RefusesInnerSizesThatDiffer) {
  const std::vector<Real> a = some(12), b = some(15);
  std::vector<Real> out(64, -1);
  EXPECT_THROW(matmul_blocked(by_rows(a, 3, 4), by_rows(b, 5, 3), out.data()), ShapeError)
      << "(3, 4) times (5, 3)";
}

}  // namespace
}  // namespace gradbook
