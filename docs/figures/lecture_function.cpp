// The lecture's function and its gradients at (2, 3): the graph, the shares that backward sends
// along its edges, and every single step of both passes for the page to step through.
#include <nlohmann/json.hpp>

#include "figures/drawn_graph.hpp"
#include "figures/output.hpp"

namespace gradbook {
namespace {

using Json = nlohmann::ordered_json;

// One product of the chain rule: what a node adds to the grad of its input k
struct Share {
  const Node* from;
  int k;
  double partial, share, before, after;
};

// The shares in the order in which 2.5 adds them, one at a time. What they come to must be what
// the engine found
std::vector<Share> shares_of(const DrawnGraph& graph) {
  const auto& order = graph.order();
  std::vector<double> grads(order.size(), 0.0);
  grads.back() = 1;
  std::vector<Share> shares;
  for (std::size_t i = order.size(); i-- > 0;) {
    const Node* node = order[i];
    if (node->operation == nullptr) continue;
    const Partials partials = node->operation->partials(*node);
    for (int k = 0; k < node->operation->inputs; ++k) {
      double& grad = grads[graph.place(node->inputs[k])];
      const double before = grad, share = grads[i] * partials[k];
      grad += share;
      shares.push_back({node, k, partials[k], share, before, grad});
    }
  }
  for (std::size_t i = 0; i < order.size(); ++i) {
    if (grads[i] != order[i]->grad)
      throw std::runtime_error(fmt::format("the shares of {} come to {}, and backward found {}",
                                           graph.name(order[i]), grads[i], order[i]->grad));
  }
  return shares;
}

Json steps_of(const DrawnGraph& graph, const std::vector<Share>& shares) {
  const Word names = [&](const Node*n) { return graph.name(n); }, numbers = DrawnGraph::number;
  Json nodes = Json::array(), steps = Json::array();
  for (const Node* node : graph.order()) {
    const bool leaf = node->operation == nullptr;
    nodes.push_back({{"name", graph.name(node)},
                     {"subscript", subscript(graph.place(node))},
                     {"formula", DrawnGraph::formula(node, names)},
                     {"leaf", leaf},
                     {"value", node->value},
                     {"grad", node->grad}});
    if (!leaf)
      steps.push_back({{"pass", "forward"},
                       {"node", graph.place(node)},
                       {"names", DrawnGraph::formula(node, names)},
                       {"numbers", DrawnGraph::formula(node, numbers)}});
  }
  steps.push_back({{"pass", "seed"}, {"node", graph.order().size() - 1}});
  for (const Share& s : shares)
    steps.push_back({{"pass", "backward"},
                     {"node", graph.place(s.from->inputs[s.k])},
                     {"from", graph.place(s.from)},
                     {"slot", s.k},
                     {"names", DrawnGraph::partial(s.from, s.k, names)},
                     {"partial", s.partial},
                     {"grad", s.from->grad},
                     {"share", s.share},
                     {"before", s.before},
                     {"after", s.after}});
  return {{"nodes", nodes}, {"steps", steps}};
}

void draw(const std::filesystem::path& folder) {
  Scalar x{2.0, "x"}, y{3.0, "y"};
  const Scalar f = log(pow(x, 2) + 1.0) * exp(y) + pow(y, 2) * x;
  f.backward();
  const DrawnGraph graph(f);
  const std::vector<Share> shares = shares_of(graph);

  write_output(folder / "computation_graph.dot", graph.to_dot());
  write_output(folder / "step_through.dot", graph.to_dot());
  write_output(folder / "step_through.json", steps_of(graph, shares).dump());
  const auto share_on_edge = [&](const Node* from, int k) {
    for (std::size_t i = 0; i < shares.size(); ++i) {
      const Share& s = shares[i];
      if (s.from == from && s.k == k)
        return fmt::format(" {}. {:g} · {:g}\\n= {:g}", i + 1, from->grad, s.partial, s.share);
    }
    throw std::runtime_error("an edge that backward sent nothing along");
  };
  write_output(folder / "backward_shares.dot", graph.to_dot(share_on_edge));
}

}  // namespace
}  // namespace gradbook

int main(int argc, char** argv) { return gradbook::draw_into(argc, argv, gradbook::draw); }
