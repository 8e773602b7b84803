namespace MmoOrleans.Silo.Tests.Storage;

internal sealed class TemporaryFolder : IDisposable
{
    internal string Path { get; } = Directory.CreateTempSubdirectory("mmo-storage-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
