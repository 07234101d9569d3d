// Honest: a helper with an everyday name, a class of its own, and a function that nobody calls.
#include "02_scalar/training.hpp"

namespace gradbook {

class Averager {
 public:
  void add(const Scalar& x) {
    total_ = total_ + x;
    ++count_;
  }
  Scalar average() const { return total_ / static_cast<double>(count_); }

 private:
  Scalar total_ = 0.0;
  int count_ = 0;
};

Scalar square(const Scalar& x) { return x * x; }

Scalar unused_cube(const Scalar& x) { return x * square(x); }

Scalar mean_squared_error(std::span<const Scalar> predictions, std::span<const double> targets) {
  if (predictions.size() != targets.size() || targets.empty())
    throw ShapeError("got ", predictions.size(), " predictions for ", targets.size(), " targets");
  Averager averager;
  for (std::size_t i = 0; i < targets.size(); ++i)
    averager.add(square(predictions[i] - targets[i]));
  return averager.average();
}

}  // namespace gradbook
