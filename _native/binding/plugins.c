/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Slurm's plugins and glibc's error(3).
 *
 * Some plugins leave `error` undefined and expect libslurm's. slurmctld and
 * slurmrestd link libslurm before glibc, so they get it. In a Python process
 * glibc comes first, and its error(3) takes a status as first argument and exits
 * with it. No flag of dlopen() reaches a plugin that libslurm itself opens. So
 * the slots through which plugins call `error` are set by hand, once they are
 * loaded: they hold a plain address on every architecture that uses RELA.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <elf.h>
#include <link.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "binding.h"
#include "private_functions.h"

#if UINTPTR_MAX == UINT64_MAX
#define RELOCATION_SYMBOL ELF64_R_SYM
#else
#define RELOCATION_SYMBOL ELF32_R_SYM
#endif

struct search {
    const char *folder;
    size_t folder_length;
    int bound;
    bool failed;
};

struct object {
    ElfW(Addr) base;
    const ElfW(Sym) *symbols;
    const char *names;
    ElfW(Addr) relro_start; /* read-only since it was relocated; 0: nothing is */
    ElfW(Addr) relro_end;
};

struct relocations {
    const ElfW(Rela) *first;
    size_t size;
};

static const void *address_in(ElfW(Addr) base, ElfW(Addr) value)
{
    /* Most architectures have relocated the dynamic section, some have not. */
    return (const void *) (value < base ? base + value : value);
}

static bool is_read_only(const struct object *object, const void *slot)
{
    ElfW(Addr) address = (ElfW(Addr)) slot;

    return address >= object->relro_start && address < object->relro_end;
}

static bool set_slot(const struct object *object, void **slot, void *value)
{
    uintptr_t page_size = (uintptr_t) sysconf(_SC_PAGESIZE);
    void *page = (void *) ((uintptr_t) slot & ~(page_size - 1));
    bool read_only = is_read_only(object, slot);

    if (read_only && mprotect(page, page_size, PROT_READ | PROT_WRITE))
        return false;
    __atomic_store_n(slot, value, __ATOMIC_RELEASE);
    return !read_only || !mprotect(page, page_size, PROT_READ);
}

static void bind_in(struct search *search, const struct object *object,
                    const struct relocations *table)
{
    size_t count = table->first ? table->size / sizeof(ElfW(Rela)) : 0;
    void *libslurm_error = (void *) (uintptr_t) slurm_error;

    for (size_t i = 0; i < count; i++) {
        const ElfW(Rela) *relocation = &table->first[i];
        const ElfW(Sym) *symbol = &object->symbols[RELOCATION_SYMBOL(relocation->r_info)];
        void **slot = (void **) (object->base + relocation->r_offset);

        if (relocation->r_addend || strcmp(object->names + symbol->st_name, "error") ||
            *slot == libslurm_error)
            continue;
        if (set_slot(object, slot, libslurm_error))
            search->bound++;
        else
            search->failed = true;
    }
}

static void bind_object(struct search *search, struct object *object,
                        const ElfW(Dyn) *dynamic)
{
    struct relocations calls = {0}, data = {0};

    for (; dynamic->d_tag != DT_NULL; dynamic++) {
        const void *address = address_in(object->base, dynamic->d_un.d_ptr);

        switch (dynamic->d_tag) {
        case DT_SYMTAB:
            object->symbols = address;
            break;
        case DT_STRTAB:
            object->names = address;
            break;
        case DT_JMPREL:
            calls.first = address;
            break;
        case DT_PLTRELSZ:
            calls.size = dynamic->d_un.d_val;
            break;
        case DT_RELA:
            data.first = address;
            break;
        case DT_RELASZ:
            data.size = dynamic->d_un.d_val;
            break;
        default:
            break;
        }
    }
    if (!object->symbols || !object->names)
        return;
    bind_in(search, object, &calls);
    bind_in(search, object, &data);
}

static int visit(struct dl_phdr_info *info, size_t size, void *argument)
{
    struct search *search = argument;
    struct object object = {.base = info->dlpi_addr};
    const ElfW(Dyn) *dynamic = NULL;

    (void) size;
    if (strncmp(info->dlpi_name, search->folder, search->folder_length))
        return 0;
    for (int i = 0; i < info->dlpi_phnum; i++) {
        const ElfW(Phdr) *header = &info->dlpi_phdr[i];

        if (header->p_type == PT_DYNAMIC)
            dynamic = (const ElfW(Dyn) *) (info->dlpi_addr + header->p_vaddr);
        if (header->p_type == PT_GNU_RELRO) {
            object.relro_start = info->dlpi_addr + header->p_vaddr;
            object.relro_end = object.relro_start + header->p_memsz;
        }
    }
    if (dynamic)
        bind_object(search, &object, dynamic);
    return 0;
}

int sr_bind_error(const char *folder)
{
    struct search search = {.folder = folder};
    Dl_info libslurm;

    if (folder) {
        search.folder_length = strlen(folder);
    } else {
        if (!dladdr((void *) (uintptr_t) slurm_error, &libslurm))
            return -1;
        search.folder = libslurm.dli_fname;
        search.folder_length = strrchr(libslurm.dli_fname, '/') - libslurm.dli_fname + 1;
    }
    dl_iterate_phdr(visit, &search);
    return search.failed ? -1 : search.bound;
}

static int count(struct dl_phdr_info *info, size_t size, void *argument)
{
    (void) size;
    *(unsigned long long *) argument = info->dlpi_adds;
    return 1;
}

unsigned long long sr_loaded_objects(void)
{
    unsigned long long loaded = 0;

    dl_iterate_phdr(count, &loaded);
    return loaded;
}
