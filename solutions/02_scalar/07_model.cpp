#include "02_scalar/model.hpp"

#include "00_course/random.hpp"

namespace gradbook {

Model::Model(std::size_t hidden, std::uint64_t seed) {
  // SOLUTION BEGIN  give each list H numbers of its own, drawn in the order of parameters(), then b₂
  Random random(seed);
  for (std::vector<Scalar>* list : {&w1_, &b1_, &w2_}) {
    for (std::size_t i = 0; i < hidden; ++i) list->emplace_back(kScale * random.normal());
  }
  b2_.set_value(kScale * random.normal());
  // SOLUTION END
}

Scalar Model::operator()(const Scalar& x) const {
  // SOLUTION BEGIN  write the formula in Scalars throughout: a double remembers nothing
  Scalar f = b2_;
  for (std::size_t i = 0; i < w1_.size(); ++i) f = f + w2_[i] * relu(w1_[i] * x + b1_[i]);
  return f;
  // SOLUTION END
}

std::vector<Scalar> Model::parameters() const {
  // SOLUTION BEGIN  put the handles of w₁, b₁, w₂ and b₂ into one list, in this order
  std::vector<Scalar> all = w1_;
  all.insert(all.end(), b1_.begin(), b1_.end());
  all.insert(all.end(), w2_.begin(), w2_.end());
  all.push_back(b2_);
  return all;
  // SOLUTION END
}

}  // namespace gradbook
