#include "05_modules/layers.hpp"

#include <cmath>

namespace gradbook {
namespace {

Matrix drawn(std::size_t rows, std::size_t columns, Random& random, double bound) {
  auto numbers = Matrix::from_shape({rows, columns});
  for (Real& x : numbers) x = static_cast<Real>(random.uniform(-bound, bound));
  return numbers;
}

Matrix single(Real number) {
  auto m = Matrix::from_shape({1, 1});
  m(0, 0) = number;
  return m;
}

double bound_of(std::size_t inputs) {
  return inputs == 0 ? 0 : 1 / std::sqrt(static_cast<double>(inputs));
}

}  // namespace

LinearMap::~LinearMap() = default;
LinearMap::LinearMap() = default;

const char* LinearMap::name() const { return "LinearMap"; }

Matrix LinearMap::forward(const InTensors& in) {
  return linear_forward(in[0], in[1], in.size() > 2 ? in[2] : Matrix());
}

void LinearMap::backward(const InTensors& in, const Matrix&, const Matrix& grad_out,
                         Gradients& grad_in) {
  LinearGradients grads = linear_backward(in[0], in[1], grad_out, grad_in.wanted(0));
  grad_in[0] = std::move(grads.a);
  grad_in[1] = std::move(grads.weight);
  if (in.size() > 2) grad_in[2] = std::move(grads.bias);
}

Linear::~Linear() = default;

Linear::Linear(std::size_t inputs, std::size_t outputs, Random& random, bool bias)
    : weight(drawn(outputs, inputs, random, bound_of(inputs))),
      bias(bias ? drawn(1, outputs, random, bound_of(inputs)) : Matrix()) {
  register_parameter("weight", weight);
  if (bias) register_parameter("bias", this->bias);
}

const char* Linear::name() const { return "Linear"; }

Module& Linear::operator()(Module& x) {
  return bias.value().size() > 0 ? apply_fwd({&x, &weight, &bias}) : apply_fwd({&x, &weight});
}

Sigmoid::~Sigmoid() = default;
Sigmoid::Sigmoid() = default;

const char* Sigmoid::name() const { return "Sigmoid"; }

Matrix Sigmoid::forward(const InTensors& in) { return sigmoid_forward(in[0]); }

void Sigmoid::backward(const InTensors&, const Matrix& out, const Matrix& grad_out,
                       Gradients& grad_in) {
  grad_in[0] = sigmoid_backward(out, grad_out);
}

Softmax::~Softmax() = default;
Softmax::Softmax() = default;

const char* Softmax::name() const { return "Softmax"; }

Matrix Softmax::forward(const InTensors& in) { return softmax_forward(in[0]); }

void Softmax::backward(const InTensors&, const Matrix& out, const Matrix& grad_out,
                       Gradients& grad_in) {
  grad_in[0] = softmax_backward(out, grad_out);
}

CrossEntropy::~CrossEntropy() = default;
CrossEntropy::CrossEntropy() = default;

const char* CrossEntropy::name() const { return "CrossEntropy"; }

Matrix CrossEntropy::forward(const InTensors& in) {
  return single(cross_entropy_forward(in[0], in[1]));
}

void CrossEntropy::backward(const InTensors& in, const Matrix&, const Matrix& grad_out,
                            Gradients& grad_in) {
  if (grad_in.wanted(1)) throw ModuleError("CrossEntropy: what is right (input 1) is not learnt");
  grad_in[0] = cross_entropy_backward(in[0], in[1], grad_out(0, 0));
}

ClassLoss::~ClassLoss() = default;

Module& ClassLoss::operator()(Module& prediction, std::span<const Label> labels) {
  labels_.assign(labels.begin(), labels.end());
  return apply_fwd({&prediction});
}

SoftmaxCrossEntropy::~SoftmaxCrossEntropy() = default;
SoftmaxCrossEntropy::SoftmaxCrossEntropy() = default;

const char* SoftmaxCrossEntropy::name() const { return "SoftmaxCrossEntropy"; }

Matrix SoftmaxCrossEntropy::forward(const InTensors& in) {
  SoftmaxLoss result = softmax_cross_entropy_forward(in[0], labels_);
  probabilities_ = std::move(result.probabilities);
  return single(result.loss);
}

void SoftmaxCrossEntropy::backward(const InTensors&, const Matrix&, const Matrix& grad_out,
                                   Gradients& grad_in) {
  grad_in[0] = softmax_cross_entropy_backward(probabilities_, labels_, grad_out(0, 0));
}

MSELoss::~MSELoss() = default;
MSELoss::MSELoss(Reduction reduction) : reduction_(reduction) {}

const char* MSELoss::name() const { return "MSELoss"; }

Matrix MSELoss::forward(const InTensors& in) {
  if (in[0].shape() != in[1].shape())
    throw ShapeError("MSELoss: prediction ", shape_of(in[0]), " and target ", shape_of(in[1]));
  if (reduction_ == Reduction::mean && in[0].size() == 0)
    throw ShapeError("MSELoss: the mean of nothing: prediction ", shape_of(in[0]));
  Real sum = 0;
  for (std::size_t i = 0; i < in[0].size(); ++i) {
    const Real difference = in[0].data()[i] - in[1].data()[i];
    sum += difference * difference;
  }
  return single(reduction_ == Reduction::mean ? sum / static_cast<Real>(in[0].size()) : sum);
}

void MSELoss::backward(const InTensors& in, const Matrix&, const Matrix& grad_out,
                       Gradients& grad_in) {
  Real scale = 2 * grad_out(0, 0);
  if (reduction_ == Reduction::mean) scale /= static_cast<Real>(in[0].size());
  if (grad_in.wanted(0)) grad_in[0] = scale * (in[0] - in[1]);
  if (grad_in.wanted(1)) grad_in[1] = scale * (in[1] - in[0]);
}

}  // namespace gradbook
