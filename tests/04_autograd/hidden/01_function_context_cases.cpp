#include <cmath>
#include <stdexcept>

#include "03_tensor/loops.hpp"
#include "04_autograd/functions.hpp"
#include "support/tensors.hpp"

namespace gradbook {
namespace {

// A function that keeps all that there is, and notes what it is told
struct Noted {
  int calls = 0, saved = 0, inputs = 0;
  std::string attributes, shapes;
};
Noted noted;

Array keep_all_forward(Context& context, Inputs in) {
  ++noted.calls;
  noted.inputs = context.input_count();
  noted.attributes = fmt::format("{} {} {} {} {}:{}:{}", text(context.attributes().axes),
                                 context.attributes().keepdim, text(context.attributes().shape),
                                 context.attributes().axis, context.attributes().slice.start,
                                 context.attributes().slice.stop, context.attributes().slice.step);
  for (const std::int64_t row : context.attributes().rows)
    noted.attributes += fmt::format(" {}", row);
  noted.shapes.clear();
  Array sum = Array::full(in[0].shape(), 1);
  for (const Tensor& input : in) {
    noted.shapes += text(input.shape());
    context.save(input);
    const std::vector<Real> so_far = elements(sum), more = elements(input.value());
    std::vector<Real> next;
    for (std::size_t i = 0; i < more.size(); ++i) next.push_back(2 * so_far[i] + more[i]);
    sum = Array(in[0].shape(), next);
  }
  const Array kept = context.save_output(sum);
  noted.saved = context.saved_count();
  return kept;
}

std::vector<Tensor> no_gradients(const Context&, const Tensor&) { return {}; }

const Function kKeepAll = {"keep_all", keep_all_forward, no_gradients};

Array failing_forward(Context& context, Inputs in) {
  context.save(in[0]);
  throw std::runtime_error("forward fails");
}

const Function kFailing = {"failing", failing_forward, no_gradients};

Tensor drawn(const std::string& label, const Shape& shape, bool requires_grad,
             Layout layout = Layout::permuted) {
  return {input_array(label, shape, -2, 2, layout), requires_grad};
}

// Whether the message of what is thrown has this text in it
template <class Call>
bool error_says(const std::string& part, Call call) {
  try {
    call();
  } catch (const std::exception& error) {
    return std::string(error.what()).find(part) != std::string::npos;
  }
  return false;
}

CASE(function_context, computes,
     "apply calls forward once, with all inputs, and hands its value back as it is") {
  for (const std::int64_t n : {1, 2, 3}) {
    for (const bool requires_grad : {false, true}) {
      std::vector<Tensor> in;
      for (std::int64_t k = 0; k < n; ++k)
        in.push_back(drawn(fmt::format("input {}", k), {2, 3}, requires_grad));
      noted = {};
      const std::string name =
          fmt::format("{} inputs that require {}", n, requires_grad ? "gradients" : "none");
      calling("apply(keep_all, …) with " + name);
      const Tensor result = apply(kKeepAll, in, {});
      observe(name + ": value", result, {.terms = 4, .scale = 8});
      observe(name + ": calls of forward", noted.calls);
      observe(name + ": shapes of the inputs", noted.shapes);
    }
  }
}

CASE(function_context, attributes, "forward finds in its context what apply was told") {
  for (const bool requires_grad : {false, true}) {
    const Attributes with = {.axes = {draw_integer(0, 3), -1},
                             .keepdim = true,
                             .shape = {2, draw_integer(3, 9)},
                             .axis = draw_integer(1, 7),
                             .slice = {1, draw_integer(5, 9), 2},
                             .rows = {draw_integer(0, 5), 3}};
    calling("apply(keep_all, {x}, attributes)");
    const Tensor result = apply(kKeepAll, {drawn("x", {3}, requires_grad)}, with);
    observe(fmt::format("what forward was told, {}", requires_grad), noted.attributes);
    if (requires_grad)
      observe("what backward will be told",
              text(result.variable()->context.attributes().axes) +
                  text(result.variable()->context.attributes().shape));
  }
}

CASE(
    function_context, who_requires,
    "the result requires a gradient where one of its inputs does, first or last, and gradients are "
    "enabled",
    {.weight = 2}) {
  for (const bool enabled : {true, false}) {
    for (int which = 0; which < 8; ++which) {
      std::vector<Tensor> in;
      std::string name = enabled ? "enabled:" : "disabled:";
      for (int k = 0; k < 3; ++k) {
        const bool requires_grad = (which >> k & 1) != 0;
        name += requires_grad ? " yes" : " no";
        in.push_back(drawn(fmt::format("input {}", k), {2, 3}, requires_grad));
      }
      calling(fmt::format("apply(keep_all, three inputs), gradients {}", name));
      enable_grad(enabled);
      const std::int64_t live = live_variables();
      const Tensor result = apply(kKeepAll, in, {});
      enable_grad(true);
      observe(name + ": requires a gradient", result.requires_grad());
      observe(name + ": saved", noted.saved);
      observe(name + ": variables made", live_variables() - live);
      if (result.variable() == nullptr) continue;
      const Variable& variable = *result.variable();
      observe(name + ": made by", variable.function->name);
      for (std::size_t k = 0; k < variable.inputs.size(); ++k)
        observe(fmt::format("{}: input {} is that of the history", name, k),
                variable.inputs[k] == in[k].variable());
      observe(name + ": inputs", variable.inputs.size());
    }
  }
}

CASE(function_context, nothing_saved,
     "where nobody will ask for a gradient nothing is saved, and no memory is held") {
  for (const bool enabled : {true, false}) {
    const std::int64_t n = draw_integer(1000, 2000);
    const Tensor leaf(Array::full({n}, 0.5), true);
    enable_grad(enabled);
    calling(fmt::format("exp(exp(… x)), ten times, of {} elements, gradients {}", n,
                        enabled ? "enabled" : "disabled"));
    const std::int64_t before = live_bytes();
    Tensor x = enabled ? leaf.value() : leaf;
    for (int i = 0; i < 10; ++i) x = tanh(x);
    enable_grad(true);
    observe(fmt::format("{}: blocks as large as the result that are held afterwards", enabled),
            (live_bytes() - before) / static_cast<std::int64_t>(n * sizeof(Real)));
    observe(fmt::format("{}: result", enabled), x.value()(0));
  }
  const Tensor x = drawn("x", {4}, false);
  Context silent(kKeepAll, Inputs(&x, 1), {}, false);
  calling("save and save_output where nothing is recorded");
  silent.save(x);
  const Array same = silent.save_output(x.value());
  observe("saved where nothing is recorded", silent.saved_count());
  observe("save_output hands its argument back", same.storage() == x.value().storage());
  observe("its numbers", same);
}

CASE(function_context, saved_in_order,
     "what was saved comes back in the order in which it was saved, numbers and history") {
  for (const Shape& shape : {Shape{}, Shape{1}, Shape{0}, Shape{2, 3}, Shape{2, 3, 1, 2}}) {
    const std::string name = text(shape);
    const std::vector<Tensor> in = {drawn("a", shape, true), drawn("b", shape, false),
                                    drawn("c", shape, true)};
    calling("apply(keep_all, {a, b, c}), then saved(0), saved(1), …");
    const Tensor result = apply(kKeepAll, in, {});
    const Context& context = result.variable()->context;
    observe(name + ": how many", context.saved_count());
    for (int i = 0; i < context.saved_count(); ++i)
      observe(fmt::format("{}: saved({})", name, i), context.saved(i), {.terms = 4, .scale = 8});
    for (int i = 0; i < 3; ++i) {
      observe(fmt::format("{}: saved({}) has the history of its input", name, i),
              context.saved(i).variable() == in[i].variable());
      observe(fmt::format("{}: saved({}) is no copy", name, i),
              context.saved(i).value().storage() == in[i].value().storage());
    }
  }
}

CASE(function_context, saved_output,
     "a saved result comes back with the history of the result, so that it can be differentiated") {
  const Tensor x = drawn("x", {2, 3}, true);
  calling("saved(1) of keep_all, after apply");
  const Tensor result = apply(kKeepAll, {x});
  const Tensor saved = result.variable()->context.saved(1);
  observe("numbers", saved, {.terms = 4, .scale = 8});
  observe("history", saved.variable() == result.variable());
  observe("no copy", saved.value().storage() == result.value().storage());

  Context alone(kKeepAll, Inputs(&x, 1), {}, true);
  const Array a = input_array("a", {3}, -2, 2), same = alone.save_output(a);
  calling("saved(0) after save_output, before there is a result");
  observe("save_output hands its argument back", same.storage() == a.storage());
  observe("before: history", alone.saved(0).variable() == nullptr);
  observe("before: numbers", alone.saved(0));
}

CASE(function_context, lets_go,
     "a result that saved itself does not keep itself alive: with the last handle its history "
     "goes") {
  const Tensor x = drawn("x", {2, 3}, true);
  const std::int64_t variables = live_variables(), bytes = live_bytes();
  const std::int64_t n = draw_integer(3, 30);
  calling(fmt::format("apply(keep_all, …) {} times, each on the result before; then all go", n));
  {
    Tensor y = apply(kKeepAll, {x});
    for (std::int64_t i = 1; i < n; ++i) y = apply(kKeepAll, {y});
    observe("variables while the last result is there", live_variables() - variables);
    observe("its first number", y.value()(0, 0), {.terms = 100, .scale = 1});
  }
  observe("variables afterwards", live_variables() - variables);
  observe("bytes afterwards", live_bytes() - bytes);
}

CASE(function_context, overwritten,
     "a saved tensor that was overwritten is a GradientError with the function's name; the others "
     "are there",
     {.weight = 2}) {
  for (const int which : {0, 1, 2}) {
    for (const char* how : {"through itself", "through a view", "by a loop"}) {
      const std::string name = fmt::format("number {} overwritten {}", which, how);
      Array a = input_array("a", {2, 3}, -2, 2), b = input_array("b", {2, 3}, -2, 2);
      a(0, 1) = draw(-2, 2);  // before it is saved: nothing is wrong with that
      const Tensor result = apply(kKeepAll, {Tensor(a, true), Tensor(b)});
      const Context& context = result.variable()->context;
      Array written = which == 0 ? a : which == 1 ? b : result.value();
      if (how == std::string("through itself")) written(1, 2) = 7;
      if (how == std::string("through a view")) {
        Array view = view_of(written, {3}, {1}, 1);
        view(2) = 7;
      }
      if (how == std::string("by a loop")) map([](Real x) { return x + 1; }, written, written);
      calling("saved(0), saved(1), saved(2) after " + name);
      for (const int i : {0, 1, 2}) {
        const std::string label = fmt::format("{}: saved({})", name, i);
        observe_error(label, [&] { context.saved(i); });
        observe(label + ": the error names the function",
                error_says("keep_all", [&] { context.saved(i); }));
        observe(label + ": the error has the shape",
                error_says("(2, 3)", [&] { context.saved(i); }));
      }
    }
  }
}

CASE(function_context, overwritten_between,
     "a tensor that is saved again after it was overwritten is as good as new there, and spoilt "
     "where "
     "it was saved before") {
  Array a = input_array("a", {4}, -2, 2);
  const Tensor x(a, true);
  calling("apply(keep_all, {x}), then x is overwritten, then apply(keep_all, {x}) again");
  const Tensor before = apply(kKeepAll, {x});
  a(0) = draw(-2, 2);
  a(1) = draw(-2, 2);
  const Tensor after = apply(kKeepAll, {x});
  observe_error("saved before", [&] { before.variable()->context.saved(0); });
  observe_error("its result, which was not overwritten",
                [&] { before.variable()->context.saved(1); });
  observe_error("saved after", [&] { after.variable()->context.saved(0); });
  observe("numbers saved after", after.variable()->context.saved(0));
}

CASE(function_context, through_backward,
     "x · y after x was overwritten cannot be differentiated, x + y can: it saved nothing") {
  for (const bool product : {true, false}) {
    Tensor x = drawn("x", {3}, true);
    const Tensor y = drawn("y", {3}, true);
    const Tensor result = product ? x * y : x + y;
    {
      const NoGrad quiet;
      x.mutable_value()(1) = 4;
    }
    calling(product ? "backward of x * y, after x was overwritten"
                    : "backward of x + y, after x was overwritten");
    observe_error(product ? "product" : "sum", [&] { result.backward(Tensor::ones({3}), true); });
    if (product)
      observe("the error names mul",
              error_says("mul", [&] { result.backward(Tensor::ones({3}), true); }));
  }
}

CASE(function_context, not_there, "a saved tensor that is not there is a RangeError") {
  const Tensor x = drawn("x", {2}, true);
  calling("saved(-1), saved(2) and saved(7) of two saved tensors; saved(0) of none");
  const Tensor result = apply(kKeepAll, {x});
  for (const int i : {-1, 2, 7})
    observe_error(fmt::format("saved({})", i), [&] { result.variable()->context.saved(i); });
  const Context empty(kKeepAll, Inputs(&x, 1), {}, true);
  observe_error("saved(0) of none", [&] { empty.saved(0); });
}

CASE(function_context, forward_fails,
     "where forward throws, apply lets it through and keeps nothing") {
  const Tensor x = drawn("x", {2, 3}, true);
  const std::int64_t variables = live_variables(), bytes = live_bytes();
  calling("apply of a function whose forward throws");
  observe_error("thrown", [&] { apply(kFailing, {x}); });
  observe("variables made", live_variables() - variables);
  observe("bytes held", live_bytes() - bytes);
}

PROOF(function_context, slopes_of_exp) {
  const double at = draw(-1, 1);
  const Tensor x({1}, {static_cast<Real>(at)}, true), y = exp(x), one = Tensor::ones({1});
  const Tensor slope = functions::exp.backward(y.variable()->context, one)[0];
  prove_close("the slope of exp, from its saved result", slope.item(), std::exp(at), 1e-14);
  slope.backward(one);
  prove_close("the slope of that", x.grad().item(), std::exp(at), 1e-14);
}

PROOF(function_context, message) {
  Array a({2, 3}, {3, 1, 4, 1, 5, 9});
  const Tensor y = apply(kKeepAll, {Tensor(a, true)});
  a(0, 0) = 0;
  prove(error_says("keep_all: a saved tensor of shape (2, 3) was overwritten before backward",
                   [&] { y.variable()->context.saved(0); }),
        "the message names function and shape");
}

}  // namespace
}  // namespace gradbook
