#include <algorithm>
#include <optional>

#include "04_autograd/functions.hpp"

namespace gradbook {

NoGrad::NoGrad() : before_(grad_enabled()) {
  // SOLUTION BEGIN  switch off; before_ holds how it was
  enable_grad(false);
  // SOLUTION END
}

NoGrad::~NoGrad() {
  // SOLUTION BEGIN  as it was before, which may have been off
  enable_grad(before_);
  // SOLUTION END
}

Tensor Tensor::detach() const {
  // SOLUTION BEGIN  the same numbers, without the variable
  return value_;
  // SOLUTION END
}

void send_back(const Tensor& root, const Tensor& seed, const BackwardOptions& options,
               function_ref<void(Variable& variable, const Tensor& grad)> visit) {
  // SOLUTION BEGIN  collect, sort by number, and send: what was made last comes first
  check_root(root, seed);
  std::optional<NoGrad> quiet;
  if (!options.record) quiet.emplace();

  // Collect all that root depends on; a handle each, for spending may drop the last one
  std::vector<Tensor> order = {root};
  VariableMarker seen;
  seen.insert(root.variable());
  for (std::size_t i = 0; i < order.size(); ++i) {
    check_not_spent(*order[i].variable());
    order[i].variable()->incoming = {};  // a pass that failed may have left something
    for (Variable* input : order[i].variable()->inputs) {
      if (input != nullptr && seen.insert(input)) order.push_back(Tensor({}, input));
    }
  }
  std::ranges::sort(order, std::ranges::greater{},
                    [](const Tensor& t) { return t.variable()->number; });

  // All users of a variable were made after it: when its turn comes, its gradient is complete
  root.variable()->incoming = seed;
  for (const Tensor& handle : order) {
    Variable& variable = *handle.variable();
    const Tensor grad = std::exchange(variable.incoming, {});
    visit(variable, grad);
    if (variable.function == nullptr) continue;

    const std::vector<Tensor> shares = variable.function->backward(variable.context, grad);
    for (std::size_t k = 0; k < variable.inputs.size(); ++k) {
      Variable* input = variable.inputs[k];
      if (input == nullptr) continue;
      check_share(variable, shares, k);
      Tensor& sum = input->incoming;
      sum = sum.size() == 0 ? shares[k] : sum + shares[k];
    }
    if (!options.retain && !options.record) variable.spend();
  }
  // SOLUTION END
}

}  // namespace gradbook
