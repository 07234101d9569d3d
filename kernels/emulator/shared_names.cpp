// `extern __shared__ float shared[];` names one piece of memory under any of these names, declared
// in the global namespace or in gradbook.
#include "kernels/emulator/worker.hpp"

namespace gradbook::emulator {

__thread std::byte dynamic_shared[kDynamicShared] __attribute__((aligned(128)));

}  // namespace gradbook::emulator

// Weak, so that a variable of that name may be somebody's own
#define GRADBOOK_ALIAS(name)                                    \
  asm(".weak " name "\n.type " name ", %tls_object\n.set " name \
      ", _ZN8gradbook8emulator14dynamic_sharedE\n")
#define GRADBOOK_SHARED(name, length) \
  GRADBOOK_ALIAS(#name);              \
  GRADBOOK_ALIAS("_ZN8gradbook" #length #name "E")
GRADBOOK_SHARED(shared, 6);
GRADBOOK_SHARED(smem, 4);
GRADBOOK_SHARED(sdata, 5);
GRADBOOK_SHARED(buffer, 6);
GRADBOOK_SHARED(tile, 4);
GRADBOOK_SHARED(tiles, 5);
GRADBOOK_SHARED(scratch, 7);
GRADBOOK_SHARED(s, 1);
GRADBOOK_SHARED(sm, 2);
GRADBOOK_SHARED(cache, 5);
GRADBOOK_SHARED(data, 4);
GRADBOOK_SHARED(s_data, 6);
GRADBOOK_SHARED(sh_mem, 6);
GRADBOOK_SHARED(shmem, 5);
GRADBOOK_SHARED(shared_mem, 10);
GRADBOOK_SHARED(shared_memory, 13);
GRADBOOK_SHARED(partial, 7);
GRADBOOK_SHARED(As, 2);
GRADBOOK_SHARED(Bs, 2);
