namespace MmoOrleans.Silo.Admin;

/// <summary>What this process holds, for an operator who wonders what a server full of idle players costs.</summary>
/// <param name="ResidentBytes">Of memory, as the operating system counts.</param>
/// <param name="HeapBytes">Of objects, dead ones that were not collected yet included.</param>
/// <param name="AllocatedBytes">Since the start; the difference of two is what the time between them allocated.</param>
internal sealed record MemoryReport(long ResidentBytes, long HeapBytes, long AllocatedBytes)
{
    public static MemoryReport Now() => new(Environment.WorkingSet, GC.GetTotalMemory(forceFullCollection: false), GC.GetTotalAllocatedBytes());

    /// <summary>
    /// After a collection that compacts and gives free memory back, so that what is left is what is needed. It stops the process for as long
    /// as it takes, tens of milliseconds with thousands of players.
    /// </summary>
    public static MemoryReport AfterCollection()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        return Now();
    }
}
