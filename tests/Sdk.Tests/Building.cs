using System.Reflection;
using System.Runtime.Versioning;

namespace MmoOrleans.Sdk.Tests;

/// <summary>What Unity relies on.</summary>
public class Building
{
    [Theory]
    [InlineData(typeof(MmoClient))]
    [InlineData(typeof(MmoOrleans.Protocol.ClientMessage))]
    public void The_tested_build_is_the_one_for_netstandard(Type type) =>
        Assert.Equal(".NETStandard,Version=v2.1", type.Assembly.GetCustomAttribute<TargetFrameworkAttribute>()!.FrameworkName);

    [Fact]
    public void It_needs_protobuf_and_nothing_else() =>
        Assert.Equal(["Google.Protobuf", "MmoOrleans.Protocol", "netstandard"], typeof(MmoClient).Assembly.GetReferencedAssemblies().Select(one => one.Name).Order());

    [Fact]
    public void It_neither_starts_threads_nor_emits_code()
    {
        var used = TypeReferences(typeof(MmoClient).Assembly);
        Assert.Contains("System.Threading.Tasks.Task", used);
        Assert.DoesNotContain("System.Threading.Thread", used);
        Assert.DoesNotContain("System.Threading.ThreadPool", used);
        Assert.DoesNotContain(used, name => name.StartsWith("System.Reflection.Emit", StringComparison.Ordinal));
    }

    private static HashSet<string> TypeReferences(Assembly assembly)
    {
        using var file = new System.Reflection.PortableExecutable.PEReader(File.OpenRead(assembly.Location));
        var metadata = System.Reflection.Metadata.PEReaderExtensions.GetMetadataReader(file);
        return [.. metadata.TypeReferences.Select(metadata.GetTypeReference).Select(one => $"{metadata.GetString(one.Namespace)}.{metadata.GetString(one.Name)}")];
    }
}
