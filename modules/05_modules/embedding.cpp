#include "05_modules/embedding.hpp"

namespace gradbook {
namespace {

Matrix normal(std::size_t rows, std::size_t columns, Random& random) {
  auto numbers = Matrix::from_shape({rows, columns});
  for (Real& x : numbers) x = static_cast<Real>(random.normal());
  return numbers;
}

}  // namespace

Embedding::~Embedding() = default;

Embedding::Embedding(std::size_t symbols, std::size_t width, Random& random)
    : weight(normal(symbols, width, random)) {
  register_parameter("weight", weight);
}

const char* Embedding::name() const { return "Embedding"; }

Module& Embedding::operator()(std::span<const Label> ids) {
  ids_.assign(ids.begin(), ids.end());
  return apply_fwd({&weight});
}

}  // namespace gradbook
