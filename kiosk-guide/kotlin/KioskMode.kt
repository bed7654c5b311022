package porteria.kiosk

import android.app.Activity
import android.app.admin.DeviceAdminReceiver
import android.app.admin.DevicePolicyManager
import android.content.BroadcastReceiver
import android.content.ComponentName
import android.content.Context
import android.content.Intent
import android.content.IntentFilter
import android.os.BatteryManager
import android.os.Bundle
import android.os.UserManager
import android.provider.Settings

/** Named in the provisioning QR: through it the app is the device's owner. */
class KioskAdmin : DeviceAdminReceiver()

/** Lock Task Mode: the app cannot be left, and comes back after a restart. */
class KioskMode(private val activity: Activity) {
    private val policies = activity.getSystemService(DevicePolicyManager::class.java)
    private val admin = ComponentName(activity, KioskAdmin::class.java)

    /** Call from `onResume`. False when the app is not the device's owner: then staff must watch it. */
    fun enter(): Boolean {
        if (!policies.isDeviceOwnerApp(activity.packageName)) return false
        policies.setLockTaskPackages(admin, arrayOf(activity.packageName))
        policies.setLockTaskFeatures(admin, DevicePolicyManager.LOCK_TASK_FEATURE_NONE)
        policies.setKeyguardDisabled(admin, true)
        policies.addUserRestriction(admin, UserManager.DISALLOW_SAFE_BOOT)
        policies.addUserRestriction(admin, UserManager.DISALLOW_FACTORY_RESET)
        policies.setGlobalSetting(admin, Settings.Global.STAY_ON_WHILE_PLUGGED_IN, ANY_POWER)
        beHome()
        activity.startLockTask()
        return true
    }

    /** For staff, behind a PIN: to change the Wi-Fi, to give the device back. */
    fun leave() = activity.stopLockTask()

    /** The home screen is this app, so a crash and a restart both end in it. */
    private fun beHome() {
        val home = IntentFilter(Intent.ACTION_MAIN).apply {
            addCategory(Intent.CATEGORY_HOME)
            addCategory(Intent.CATEGORY_DEFAULT)
        }
        policies.addPersistentPreferredActivity(admin, home, activity.componentName)
    }

    private companion object {
        val ANY_POWER = (
            BatteryManager.BATTERY_PLUGGED_AC or
                BatteryManager.BATTERY_PLUGGED_USB or
                BatteryManager.BATTERY_PLUGGED_WIRELESS
            ).toString()
    }
}

/** ACTION_BOOT_COMPLETED: brings the kiosk up where the launcher was quicker than the policy. */
class BootReceiver : BroadcastReceiver() {
    override fun onReceive(context: Context, intent: Intent) {
        if (intent.action != Intent.ACTION_BOOT_COMPLETED) return
        val launch = Intent(context, KioskActivity::class.java).addFlags(Intent.FLAG_ACTIVITY_NEW_TASK)
        context.startActivity(launch)
    }
}

/** Android 12 and later ask the app, during setup by QR, what it wants to be. */
class ProvisioningModeActivity : Activity() {
    override fun onCreate(savedInstanceState: Bundle?) {
        super.onCreate(savedInstanceState)
        val answer = Intent().putExtra(
            DevicePolicyManager.EXTRA_PROVISIONING_MODE,
            DevicePolicyManager.PROVISIONING_MODE_FULLY_MANAGED_DEVICE,
        )
        setResult(RESULT_OK, answer)
        finish()
    }
}

/** And later in the setup, whether it has set its policies; they are set when the kiosk starts. */
class PolicyComplianceActivity : Activity() {
    override fun onCreate(savedInstanceState: Bundle?) {
        super.onCreate(savedInstanceState)
        setResult(RESULT_OK)
        finish()
    }
}
