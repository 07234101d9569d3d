#include "04_autograd/tensor.hpp"

#include <atomic>

#include "04_autograd/backend.hpp"
#include "04_autograd/functions.hpp"

namespace gradbook {
namespace {

std::atomic<std::int64_t> live = 0;
thread_local std::int64_t last_number = 0;
thread_local bool enabled = true;

}  // namespace

GradientError::~GradientError() = default;

// ---- the handle ---------------------------------------------------------------------------------

Tensor::Tensor(Real value) : value_(Array::scalar(value)) {}

Tensor::Tensor(Array value, bool requires_grad) : value_(std::move(value)) {
  if (!requires_grad) return;
  static const Function leaf = {"leaf", nullptr, nullptr};
  variable_ = Variable::keep(new Variable{
      .number = ++last_number, .shape = value_.shape(), .context = Context(leaf, {}, {}, false)});
  ++live;
}

Tensor::Tensor(Array value, Variable* variable)
    : value_(std::move(value)), variable_(Variable::keep(variable)) {}

Tensor::Tensor(const Tensor& other)
    : value_(other.value_), variable_(Variable::keep(other.variable_)) {}

Tensor::Tensor(Tensor&& other) noexcept
    : value_(std::move(other.value_)), variable_(std::exchange(other.variable_, nullptr)) {}

Tensor& Tensor::operator=(Tensor other) noexcept {
  std::swap(value_, other.value_);
  std::swap(variable_, other.variable_);
  return *this;
}

Tensor::~Tensor() { Variable::drop(variable_); }

Tensor Tensor::zeros(const Shape& shape, bool requires_grad) {
  return {Array::zeros(shape), requires_grad};
}

Tensor Tensor::ones(const Shape& shape, bool requires_grad) {
  return {Array::ones(shape), requires_grad};
}

Array& Tensor::mutable_value() {
  if (requires_grad() && grad_enabled())
    throw GradientError("a tensor of shape ", shape(),
                        " that requires a gradient is overwritten while gradients are recorded: "
                        "do it in a block with a NoGrad guard");
  return value_;
}

bool Tensor::is_leaf() const { return variable_ == nullptr || variable_->function == nullptr; }

Tensor Tensor::grad() const {
  if (variable_ == nullptr)
    throw GradientError("grad: a tensor of shape ", shape(), " that requires no gradient has none");
  if (variable_->grad.size() == 0) return zeros(shape());
  return variable_->grad;
}

void Tensor::zero_grad() {
  if (variable_ != nullptr) variable_->grad = {};
}

void Tensor::backward() const {
  if (size() != 1)
    throw GradientError("backward: a result of shape ", shape(), " has ", size(),
                        " elements: say with a seed of that shape how much each counts");
  backward(ones(shape()));
}

void Tensor::backward(const Tensor& seed, bool retain) const {
  send_back(*this, seed, {.retain = retain}, [](Variable& variable, const Tensor& grad) {
    if (variable.function != nullptr) return;
    // Numbers of its own: grad may look at the seed, or at what another leaf got
    variable.grad = variable.grad.size() == 0 ? Tensor(map(primitives::copy, grad.value()))
                                              : (variable.grad + grad).detach();
  });
}

Tensor Tensor::sum() const { return gradbook::sum(*this); }
Tensor Tensor::sum(const Axes& axes, bool keepdim) const {
  return gradbook::sum(*this, axes, keepdim);
}
Tensor Tensor::mean() const { return gradbook::mean(*this); }
Tensor Tensor::mean(const Axes& axes, bool keepdim) const {
  return gradbook::mean(*this, axes, keepdim);
}
Tensor Tensor::max(const Axes& axes, bool keepdim) const {
  return gradbook::max(*this, axes, keepdim);
}
Tensor Tensor::view(const Shape& shape) const { return gradbook::reshape(*this, shape); }
Tensor Tensor::permute(const Axes& order) const { return gradbook::permute(*this, order); }
Tensor Tensor::t() const { return gradbook::permute(*this, {1, 0}); }
Tensor Tensor::matmul(const Tensor& other) const { return gradbook::matmul(*this, other); }

// ---- history ------------------------------------------------------------------------------------

Context::Context(const Function& function, Inputs inputs, Attributes attributes, bool recording)
    : function_(&function), attributes_(std::move(attributes)), recording_(recording) {
  if (!recording) return;
  for (const Tensor& input : inputs) input_shapes_.push_back(input.shape());
}

Variable* Variable::keep(Variable* variable) {
  if (variable != nullptr) ++variable->handles;
  return variable;
}

void Variable::drop(Variable* variable) {
  if (variable == nullptr || --variable->handles > 0) return;

  // What a dead variable kept loses a handle each, and joins the list with its last
  std::vector<Variable*> dead = {variable};
  const auto lose = [&dead](Variable* kept) {
    if (kept != nullptr && --kept->handles == 0) dead.push_back(kept);
  };
  while (!dead.empty()) {
    Variable* const one = dead.back();
    dead.pop_back();
    for (Variable* input : one->inputs) lose(input);
    for (Context::Entry& entry : one->context.entries_)
      lose(std::exchange(entry.tensor.variable_, nullptr));
    lose(std::exchange(one->grad.variable_, nullptr));
    lose(std::exchange(one->incoming.variable_, nullptr));
    delete one;
    --live;
  }
}

void Variable::spend() {
  spent = true;
  context.entries_.clear();
  for (Variable*& input : inputs) drop(std::exchange(input, nullptr));
}

std::int64_t live_variables() { return live; }

VariableMarker::VariableMarker() {
  static thread_local std::int64_t last = 0;
  number_ = ++last;
}

Variable* Variable::of_result(const Function& function, Context context, const Shape& shape) {
  auto* const variable = new Variable{.number = ++last_number,
                                      .shape = shape,
                                      .function = &function,
                                      .context = std::move(context)};
  ++live;
  variable->context.output_ = variable;
  return variable;
}

Tensor record(const Function& function, Context context, Inputs inputs, Array value) {
  Variable* const variable = Variable::of_result(function, std::move(context), value.shape());
  for (const Tensor& input : inputs) variable->inputs.push_back(Variable::keep(input.variable()));
  return {std::move(value), variable};
}

void check_root(const Tensor& root, const Tensor& seed) {
  if (!root.requires_grad())
    throw GradientError("backward: a result of shape ", root.shape(),
                        " requires no gradient: it was computed from nothing that does, or under a "
                        "NoGrad guard");
  const Function* const function = root.variable()->function;
  if (function == &functions::lt || function == &functions::eq)
    throw GradientError("backward: a result of shape ", root.shape(), " of the comparison ",
                        function->name, " has no gradient: small steps do not change it");
  if (!(seed.shape() == root.shape()))
    throw ShapeError("backward: a seed of shape ", seed.shape(), " for a result of shape ",
                     root.shape());
}

void check_not_spent(const Variable& variable) {
  if (variable.spent)
    throw GradientError("backward: ", variable.function->name, ", of shape ", variable.shape,
                        ", was passed before and gave back what it had kept: pass retain = true "
                        "the first time");
}

void check_share(const Variable& variable, const std::vector<Tensor>& shares, std::size_t k) {
  if (k >= shares.size())
    throw ShapeError(variable.function->name, ": backward gives ", shares.size(),
                     " gradients, and there are ", variable.inputs.size(), " inputs");
  const Shape& expected = variable.context.input_shape(static_cast<int>(k));
  if (!(shares[k].shape() == expected))
    throw ShapeError(variable.function->name, ": backward gives a gradient of shape ",
                     shares[k].shape(), " for input ", k, ", whose shape is ", expected);
}

bool grad_enabled() { return enabled; }

void enable_grad(bool to) { enabled = to; }

}  // namespace gradbook
