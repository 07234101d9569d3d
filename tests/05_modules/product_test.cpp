// The given code of module 05 that all products go through, whoever computes them.
#include "05_modules/product.hpp"

#include "00_course/random.hpp"
#include "support/matrix_matchers.hpp"
#include "support/messages.hpp"

namespace gradbook {
namespace {

using testing::ElementsAre;

Matrix drawn(std::size_t rows, std::size_t columns, Random& random) {
  std::vector<double> numbers(rows * columns);
  for (double& x : numbers) x = random.uniform(-1, 1);
  return matrix_of({rows, columns}, numbers);
}

// Element (i, j) of a view
Real at(const MatrixView& m, std::int64_t i, std::int64_t j) {
  return m.data[i * m.row_stride + j * m.column_stride];
}

std::vector<double> by_definition(const Factor& a, const Factor& b) {
  std::vector<double> out;
  for (std::int64_t i = 0; i < a.view.rows; ++i) {
    for (std::int64_t j = 0; j < b.view.columns; ++j) {
      double sum = 0;
      for (std::int64_t k = 0; k < b.view.rows; ++k) sum += at(a.view, i, k) * at(b.view, k, j);
      out.push_back(sum);
    }
  }
  return out;
}

// The product in use during a test, and afterwards the one that was before
class Using {
 public:
  explicit Using(const Product& chosen) { use_product(chosen); }
  ~Using() { use_product(before_); }
  Using(const Using&) = delete;
  Using& operator=(const Using&) = delete;

 private:
  const Product& before_ = product();
};

TEST(Product, MultipliesMatricesAndTheirTransposes) {
  const Matrix a = matrix_of({2, 3}, {1, 2, 3, 4, 5, 6}), b = matrix_of({3, 1}, {1, 10, 100});
  EXPECT_THAT(matmul(a, b), is_matrix({2, 1}, {321, 654}));
  EXPECT_THAT(matmul(transposed(b), transposed(a)), is_matrix({1, 2}, {321, 654}));
  EXPECT_THAT(matmul(transposed(a), a), is_matrix({3, 3}, {17, 22, 27, 22, 29, 36, 27, 36, 45}));
}

TEST(Product, IsTheSameWhoeverComputesIt) {
  Random random(5);
  for (const Product* chosen : {&plain_product, &blocked_product}) {
    const Using now(*chosen);
    EXPECT_EQ(&product(), chosen);
    for (const auto& [m, k, n] : std::vector<std::array<std::size_t, 3>>{
             {1, 1, 1}, {7, 3, 5}, {1, 13, 2}, {64, 31, 17}, {5, 100, 1}, {33, 8, 65}}) {
      const Matrix a = drawn(m, k, random), b = drawn(k, n, random), at = drawn(k, m, random),
                   bt = drawn(n, k, random);
      EXPECT_THAT(matmul(a, b), is_matrix({m, n}, by_definition(a, b))) << chosen->name;
      EXPECT_THAT(matmul(transposed(at), b), is_matrix({m, n}, by_definition(transposed(at), b)))
          << chosen->name;
      EXPECT_THAT(matmul(a, transposed(bt)), is_matrix({m, n}, by_definition(a, transposed(bt))))
          << chosen->name;
      EXPECT_THAT(matmul(transposed(at), transposed(bt)),
                  is_matrix({m, n}, by_definition(transposed(at), transposed(bt))))
          << chosen->name;
    }
  }
}

TEST(Product, OfNothingIsZeroOrNothing) {
  for (const Product* chosen : {&plain_product, &blocked_product}) {
    const Using now(*chosen);
    EXPECT_THAT(matmul(matrix_of({2, 0}, {}), matrix_of({0, 3}, {})),
                is_matrix({2, 3}, {0, 0, 0, 0, 0, 0}));
    EXPECT_THAT(matmul(matrix_of({0, 2}, {}), matrix_of({2, 3}, {1, 2, 3, 4, 5, 6})),
                is_matrix({0, 3}, {}));
    EXPECT_THAT(matmul(matrix_of({1, 2}, {1, 2}), matrix_of({2, 0}, {})), is_matrix({1, 0}, {}));
  }
}

TEST(Product, SaysWhichSizesDiffer) {
  const Matrix a({3, 4}), b({5, 2});
  EXPECT_EQ(message_of<ShapeError>([&] { matmul(a, b); }),
            "matmul: (3, 4) times (5, 2): inner sizes 4 and 5 differ");
  EXPECT_EQ(message_of<ShapeError>([&] { matmul(transposed(a), b); }),
            "matmul: (4, 3) times (5, 2): inner sizes 3 and 5 differ");
}

TEST(Rows, AreSpansOfTheMatrixItself) {
  Matrix m = matrix_of({3, 2}, {1, 2, 3, 4, 5, 6});
  for (Real& x : row_of(m, 1)) x *= 10;
  EXPECT_THAT(m, is_matrix({3, 2}, {1, 2, 30, 40, 5, 6}));
  const Matrix& unchanged = m;
  EXPECT_THAT(row_of(unchanged, 2), ElementsAre(5, 6));
  EXPECT_TRUE(row_of(matrix_of({2, 0}, {}), 1).empty());
}

TEST(Shapes, ReadAsInMessages) {
  EXPECT_STREQ(shape_of(Matrix({3, 4})).text().c_str(), "(3, 4)");
  EXPECT_STREQ(shape_of(Vector::from_shape({3})).text().c_str(), "(3)");
  EXPECT_STREQ(shape_of(Matrix()).text().c_str(), "(0, 0)") << "a bias that is not there";
}

}  // namespace
}  // namespace gradbook
