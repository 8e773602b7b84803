using System.Collections.Concurrent;
using Orleans.Metadata;

namespace MmoOrleans.Gateway;

/// <summary>
/// What each grain interface is called in the cluster, worked out once. Orleans does it anew whenever a grain is asked for, from the
/// type's attributes and its formatted name: a tenth of a server's processor time while players come in by the thousand.
/// </summary>
internal sealed class KnownInterfaces(IServiceProvider services) : IGrainInterfaceTypeProvider
{
    private readonly ConcurrentDictionary<Type, GrainInterfaceType> _known = new();

    public bool TryGetGrainInterfaceType(Type type, out GrainInterfaceType grainInterfaceType)
    {
        grainInterfaceType = _known.GetOrAdd(type, static (type, self) => self.Find(type), this);
        return !grainInterfaceType.IsDefault;
    }

    /// <summary>Nothing for an interface with an attribute of its own to name it: Orleans' next provider reads that.</summary>
    private GrainInterfaceType Find(Type type) =>
        type.GetCustomAttributes(inherit: true).OfType<IGrainInterfaceTypeProviderAttribute>().Any()
            ? default
            : services.GetRequiredService<GrainInterfaceTypeResolver>().GetGrainInterfaceTypeByConvention(type);
}

/// <summary>Puts <see cref="KnownInterfaces"/> into a silo or a client.</summary>
public static class KnownInterfacesHosting
{
    /// <summary>Asked before Orleans' own provider, which was added before.</summary>
    public static void RememberInterfaces(this IServiceCollection services) =>
        services.Insert(0, ServiceDescriptor.Singleton<IGrainInterfaceTypeProvider, KnownInterfaces>());
}
